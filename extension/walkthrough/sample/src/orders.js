import { Semaphore } from "semaphore-guard";
import { reserve } from "./stock.js";

const warehouse = new Semaphore(2);

// Put the cursor on the squiggle and press Ctrl+. (⌘. on a Mac).
export async function ship(order) {
  const permit = await warehouse.acquire();
  await reserve(order.article, order.count);
  permit.release();
}
