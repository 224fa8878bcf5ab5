import { Semaphore } from "semaphore-guard";
import { limit, shop } from "./shop.js";

export const counters = new Semaphore(limit);

/** Fetches how many pieces of a product are in stock. */
export async function loadStock(product: number): Promise<number> {
  const permit = await counters.acquire();
  const response = await fetch(`${shop}/stock/${product}`);
  const { quantity } = (await response.json()) as { quantity: number };
  permit.release();
  return quantity;
}
