/** Waits in vain with nothing else to do, and says how that ended. */
import { Semaphore } from "semaphore-guard";

const semaphore = new Semaphore(1);
void semaphore.acquire();
semaphore
  .acquire({ timeout: 5 })
  .catch((error: { code: string }) => console.log(error.code));
