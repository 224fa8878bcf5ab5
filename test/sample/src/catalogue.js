import { Mutex, Semaphore } from "async-mutex";
import { limit, shop } from "./shop.js";

export const connections = new Semaphore(limit);
export const priceList = new Mutex();

/** Fetches one product. */
export async function loadProduct(id) {
  const [, release] = await connections.acquire();
  const response = await fetch(`${shop}/products/${id}`);
  const product = await response.json();
  release();
  return product;
}

/** Fetches one price, or undefined while the shop has none. */
export async function loadPrice(id) {
  const release = await priceList.acquire();
  const response = await fetch(`${shop}/prices/${id}`).catch(() => undefined);
  if (!response?.ok) {
    return undefined;
  }
  const { price } = await response.json();
  release();
  return price;
}
