import { connections, priceList } from "./catalogue.js";
import { couriers, printers } from "./invoices.js";
import { slots } from "./orders.js";
import { limit } from "./shop.js";
import { counters } from "./stock.js";

/** How far tonight's run has come. */
export const jobs = { total: 0, done: 0, failed: 0 };

/** Every limiter of the service, for whoever watches it. */
export const limiters = [
  { name: "products", limit, semaphore: connections },
  { name: "prices", limit: 1, semaphore: priceList },
  { name: "orders", limit, semaphore: slots },
  { name: "stock", limit, semaphore: counters },
  { name: "invoices", limit, semaphore: printers },
  { name: "parcels", limit, semaphore: couriers },
];
