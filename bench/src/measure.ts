import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median, type Case, type Sample } from "./case.js";

export interface Result {
  name: string;
  nanoseconds: number;
  bytes: number | undefined;
  /** Time as a multiple of the floor's. */
  ratio: number;
}

export interface Measurement {
  case: Case;
  floor: Result;
  reference: Result | undefined;
  /** Fastest first. */
  results: Result[];
}

/**
 * Medians of `samples` runs, each in a process of its own. The subjects take
 * turns, so that a noisy minute falls on all of them.
 */
export async function measure(
  measured: Case,
  samples: number,
  scale: number,
): Promise<Measurement> {
  const { floor, reference, subjects } = measured;
  const yardsticks = reference ? ["floor", "reference"] : ["floor"];
  const names = [...yardsticks, ...Object.keys(subjects)];
  const count = Math.max(1, Math.round(measured.count * scale));
  const taken = new Map<string, Sample[]>(names.map((name) => [name, []]));
  for (let round = 0; round < samples; round++) {
    for (const name of names) {
      taken.get(name)!.push(await sampleOf(measured.id, name, count));
    }
  }
  const floorTime = median(taken.get("floor")!.map((s) => s.nanoseconds));
  const summarise = (name: string): Result => {
    const all = taken.get(name)!;
    const nanoseconds = median(all.map((sample) => sample.nanoseconds));
    const bytes = all.flatMap((sample) => sample.bytes ?? []);
    return {
      name,
      nanoseconds,
      bytes: bytes.length > 0 ? median(bytes) : undefined,
      ratio: nanoseconds / floorTime,
    };
  };
  const results = Object.keys(subjects).map(summarise);
  results.sort((a, b) => a.nanoseconds - b.nanoseconds);
  return {
    case: measured,
    floor: { ...summarise("floor"), name: floor.name },
    reference: reference && {
      ...summarise("reference"),
      name: reference.name,
    },
    results,
  };
}

async function sampleOf(
  id: string,
  name: string,
  count: number,
): Promise<Sample> {
  const script = fileURLToPath(new URL("sample.js", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--expose-gc",
    "--max-old-space-size=4096",
    script,
    id,
    name,
    String(count),
  ]);
  return JSON.parse(stdout) as Sample;
}
