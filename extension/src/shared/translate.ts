let translations: Readonly<Record<string, string>> = {};

/** Sets the messages in the editor's language, by the English ones. */
export function setTranslations(
  newTranslations: Readonly<Record<string, string>> | undefined,
): void {
  translations = newTranslations ?? {};
}

/** Whether messages are in another language than English. */
export function isTranslating(): boolean {
  return Object.keys(translations).length > 0;
}

/** A message in the editor's language, `{0}` and so on replaced by the values. */
export function translate(
  message: string,
  ...values: readonly (string | number)[]
): string {
  return translated(message).replace(/\{(\d+)\}/g, (placeholder, index) =>
    String(values[Number(index)] ?? placeholder),
  );
}

/** A message in the editor's language, placeholders and all. */
export function translated(message: string): string {
  return translations[message] ?? message;
}
