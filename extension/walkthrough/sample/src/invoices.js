import { Mutex } from "async-mutex";

const ledger = new Mutex();

// This release is there, but not on every path.
export async function book(invoice) {
  const release = await ledger.acquire();
  if (invoice.total === 0) {
    return;
  }
  invoice.number = await nextNumber();
  release();
}

async function nextNumber() {
  return 1;
}
