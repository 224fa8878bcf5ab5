import { mapLimit } from "semaphore-guard";
import { loadPrice, loadProduct } from "./catalogue.js";
import { countWords } from "./crawl.js";
import { loadInvoice, trackParcel } from "./invoices.js";
import { loadOrder } from "./orders.js";
import { jobs } from "./status.js";
import { loadStock } from "./stock.js";

const ids = Array.from({ length: 6 }, (_, index) => index + 1);
const pages = new URL("../pages.txt", import.meta.url);

const loaders = [
  loadProduct,
  loadPrice,
  loadOrder,
  loadStock,
  loadInvoice,
  trackParcel,
];
const plan = [
  ...loaders.flatMap((load) => ids.map((id) => () => load(id))),
  () => countWords(pages),
];

async function run(job) {
  try {
    await job();
    jobs.done += 1;
  } catch (error) {
    jobs.failed += 1;
    console.error(error.message);
  }
}

jobs.total = plan.length;
// All jobs may start at once: every loader keeps its own limit.
await mapLimit(plan, plan.length, run);
console.log(`${jobs.done} done, ${jobs.failed} failed`);
