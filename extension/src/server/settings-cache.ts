import {
  DidChangeConfigurationNotification,
  type Connection,
} from "vscode-languageserver";
import { defaultSettings, type Settings } from "../shared/requests.js";

const section = "semaphore-guard";

/** The settings that hold for each text, asked for once. */
export class SettingsCache {
  readonly #byUri = new Map<string, Promise<Settings>>();
  readonly #connection: Connection;
  #isSupported = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Begins to ask the client, which says whether it answers. */
  start(
    isSupported: boolean,
    canRegister: boolean,
    onChanged: () => void,
  ): void {
    this.#isSupported = isSupported;
    this.#connection.onDidChangeConfiguration(() => {
      this.#byUri.clear();
      onChanged();
    });
    if (isSupported && canRegister) {
      void this.#connection.client.register(
        DidChangeConfigurationNotification.type,
        { section },
      );
    }
  }

  /** The settings for a text. Never rejects: a client that fails to answer leaves the defaults. */
  for(uri: string): Promise<Settings> {
    let settings = this.#byUri.get(uri);
    if (settings === undefined) {
      settings = this.#ask(uri);
      this.#byUri.set(uri, settings);
    }
    return settings;
  }

  async #ask(uri: string): Promise<Settings> {
    if (!this.#isSupported) {
      return defaultSettings;
    }
    try {
      const answer: unknown = await this.#connection.workspace.getConfiguration(
        { scopeUri: uri, section },
      );
      return sound(answer);
    } catch {
      return defaultSettings;
    }
  }
}

/** What is of the wrong kind, as hand-written settings may be, counts as not set. */
function sound(answer: unknown): Settings {
  const given = (answer ?? {}) as Record<keyof Settings, unknown>;
  const { enable, engine, rules, maxFileSize } = given;
  return {
    enable: typeof enable === "boolean" ? enable : defaultSettings.enable,
    engine: engine === "bundled" ? engine : defaultSettings.engine,
    rules: rules === "strict" ? rules : defaultSettings.rules,
    maxFileSize:
      typeof maxFileSize === "number" && maxFileSize >= 0
        ? maxFileSize
        : defaultSettings.maxFileSize,
  };
}
