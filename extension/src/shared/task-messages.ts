/** A task sent to a worker. Each is answered before the next is sent. */
export interface TaskMessage {
  readonly name: string;
  readonly task: unknown;
}

/** A worker's answer: the result, or why there is none. */
export type AnswerMessage =
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly stack?: string } };

/** Runs a task and puts its end into an answer. */
export async function answerTo(
  { name, task }: TaskMessage,
  handlers: Readonly<Record<string, (task: never) => unknown>>,
): Promise<AnswerMessage> {
  try {
    const handle = handlers[name];
    if (handle === undefined) {
      throw new Error(`No task is named ${name}.`);
    }
    return { result: await handle(task as never) };
  } catch (error) {
    return {
      error:
        error instanceof Error
          ? { message: error.message, stack: error.stack ?? error.message }
          : { message: String(error) },
    };
  }
}
