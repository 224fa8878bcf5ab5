import { Sema } from "async-sema";
import { limit, shop } from "./shop.js";

export interface Order {
  id: number;
  lines: { product: number; quantity: number }[];
}

export const slots = new Sema(limit);

/** Fetches one order with its lines. */
export async function loadOrder(id: number): Promise<Order> {
  await slots.acquire();
  const response = await fetch(`${shop}/orders/${id}`);
  const order = (await response.json()) as Order;
  slots.release();
  return order;
}
