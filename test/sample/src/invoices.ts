import { Sema } from "async-sema";
import { Semaphore } from "semaphore-guard";
import { limit, shop } from "./shop.js";

export const printers = new Sema(limit);
export const couriers = new Semaphore(limit);

/** Fetches one invoice as the shop prints it. */
export async function loadInvoice(order: number): Promise<string> {
  await printers.acquire();
  try {
    const response = await fetch(`${shop}/invoices/${order}`);
    return await response.text();
  } finally {
    printers.release();
  }
}

/** Fetches where a parcel is. */
export async function trackParcel(order: number): Promise<string> {
  return couriers.withPermit(async () => {
    const response = await fetch(`${shop}/parcels/${order}`);
    return response.text();
  });
}
