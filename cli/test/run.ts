import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** The built command, as npm links it. */
export const BIN = fileURLToPath(new URL("../bin/agentpolicy.js", import.meta.url));
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

if (!existsSync(join(dirname(BIN), "../dist/bin.js"))) {
  throw new Error("the command is not built: npm run build");
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the command. Colours are off unless the test asks for them. */
export const start = (args: readonly string[], { cwd, env }: RunOptions = {}): ChildProcess => {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...clean } = process.env;
  return spawn(process.execPath, [BIN, ...args], {
    cwd: cwd ?? ROOT,
    env: { ...clean, ...env },
    stdio: "pipe",
  });
};

/** Runs the command to its end. */
export const run = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = start(args, options);
    let out = "";
    let err = "";
    child.stdout?.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.stdin ?? "");
  });

const SCRATCH = join(dirname(fileURLToPath(import.meta.url)), ".scratch");
const made: string[] = [];

/** A new folder with these files; it goes away after the tests. Within the repository, so that packages resolve. */
export const folder = (files: Readonly<Record<string, string>> = {}): string => {
  mkdirSync(SCRATCH, { recursive: true });
  const path = mkdtempSync(join(SCRATCH, "t-"));
  made.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
};

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A policy without findings, with one test. */
export const GOOD = `policy pay version "2.0.0"

tools bank {
  get_balance(account: string) @read-only
  transfer(to: string, amount: number)
}

track spent = sum input.amount on bank.transfer per actor within 24h

default deny

on bank.get_balance {
  allow reads
    unless input.account == "vault"
}

on bank.transfer {
  allow small
    when input.amount <= 500

  require approval large
    when input.amount > 500
    from "cfo"
    within 30m
    risk high
    because "Transfer of {input.amount} to {input.to}."

  deny daily-limit
    when spent + input.amount > 1000
    because "The daily limit is reached."

  deny blocked
    when input.to == "mallory"
}

test "a large transfer waits" {
  call bank.transfer { to: "bob", amount: 600 }
  expect require approval by large
}
`;

/** One misspelt argument. */
export const BAD = GOOD.replace("input.amount <= 500", "input.amuont <= 500");
