import { glob } from "@agentpolicy/runtime/values/glob";
import type { TextKind } from "./kinds.ts";

/** What to write instead of a test of raw text. */
export interface Advice {
  /** What the text stands for. */
  readonly kind: TextKind;
  /** Texts that may pass the test as it stands though they should not. */
  readonly passing: readonly string[];
  /** Texts that may get by it though they should not. */
  readonly missed: readonly string[];
  /** The test that is meant, over the expression `x`; null where there is no single one. */
  readonly write: ((x: string) => string) | null;
  /** How the two differ, where the author should know. */
  readonly note?: string;
}

/** A test of text, as a glob. */
export interface RawTest {
  /** `*` and `?` as in `like`. */
  readonly glob: string;
  /** Whether more calls run the more texts pass; null where that cannot be told. */
  readonly grants: boolean | null;
}

const NAME = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const DOMAIN = `(?:${NAME}\\.)+[A-Za-z]{2,}`;
const quote = (text: string): string => JSON.stringify(text);

type Recognise = (test: RawTest, kind: TextKind | null) => Advice | null;

const groups = (pattern: string, text: string): readonly string[] | null => {
  const found = new RegExp(`^${pattern}$`, "u").exec(text);
  return found === null ? null : [...found].slice(1).map((group) => group ?? "");
};

const apex = (name: string): string => `\`within\` also takes ${name} itself`;

const email: Recognise = ({ glob }, kind) => {
  const exact = groups(`\\*@(${DOMAIN})\\*?`, glob)?.[0]?.toLowerCase();
  if (exact !== undefined) {
    const passing = [`x@evil.example, y@${exact}`, `x@${exact}.evil.example`];
    const missed = [`x@${exact.toUpperCase()}`];
    return { kind: "email", passing, missed, write: (x) => `email(${x}).domain == ${quote(exact)}` };
  }
  const below = groups(`\\*@?\\*?\\.?(${DOMAIN})\\*?`, glob)?.[0]?.toLowerCase();
  if (below === undefined || !(glob.includes("@") || kind === "email")) return null;
  return {
    kind: "email",
    passing: [`x@evil${below}`, `x@evil.example, y@z.${below}`, `x@z.${below}.evil.example`],
    missed: [`x@z.${below.toUpperCase()}`],
    write: (x) => `domain(email(${x}).domain).within(${quote(below)})`,
    note: apex(below),
  };
};

const ORIGIN = `[a-z]+://(?:${DOMAIN}|localhost|\\d+\\.\\d+\\.\\d+\\.\\d+)(?::\\d+)?`;

const url: Recognise = (test, kind) => urlBelow(test) ?? urlOfScheme(test) ?? urlOnHost(test, kind);

const urlBelow = ({ glob, grants }: RawTest): Advice | null => {
  const [origin, path = "", star] = groups(`(${ORIGIN})(/[^*?]*)?(\\*?)`, glob) ?? [];
  if (origin === undefined || (star !== "*" && grants !== false)) return null;
  const base = origin + path.replace(/\/$/u, "");
  const elsewhere = path === "" ? [`${origin}.evil.example`] : path === "/" ? [] : [`${base}/../elsewhere`];
  const whole = star === "*" && path !== "" && !path.endsWith("/");
  return {
    kind: "url",
    passing: elsewhere,
    missed: [`${base.replace("://", "://user@")}${star === "*" ? "/x" : ""}`],
    write: (x) => `url(${x}).within(${quote(base)})`,
    ...(whole ? { note: WHOLE_NAMES } : {}),
  };
};

/** That a URL begins with `https://` can be asked of raw text; that it does not, cannot. */
const urlOfScheme = ({ glob, grants }: RawTest): Advice | null => {
  const scheme = groups("([a-z]+)://\\*", glob)?.[0];
  if (scheme === undefined || grants !== false) return null;
  const missed = [`${scheme.toUpperCase()}://x.example`];
  return { kind: "url", passing: [], missed, write: (x) => `url(${x}).scheme == ${quote(scheme)}` };
};

const urlOnHost = ({ glob }: RawTest, kind: TextKind | null): Advice | null => {
  const found = groups(`(?:([a-z]+)://)?\\*?(?:://)?\\.?(${DOMAIN})(?:/\\*|\\*)?`, glob);
  if (found === null || !glob.includes("*") || (found[0] === "" && kind !== "url")) return null;
  const [scheme = "", host = ""] = [found[0], found[1]?.toLowerCase()];
  const within = (x: string): string => `domain(url(${x}).host).within(${quote(host)})`;
  return {
    kind: "url",
    passing: ["", "/"].map((end) => `${scheme || "https"}://evil.example/?x.${host}${end}`),
    missed: [`${scheme || "https"}://X.${host.toUpperCase()}/`],
    write: (x) => (scheme === "" ? within(x) : `(url(${x}).scheme == ${quote(scheme)} and ${within(x)})`),
    note: apex(host),
  };
};

const domain: Recognise = ({ glob, grants }, kind) => {
  const [before, name, after] = groups(`(\\*?)\\.?(${DOMAIN})(\\*?)`, glob) ?? [];
  if (kind !== "domain" || name === undefined || (before === "" && after === "" && grants !== false))
    return null;
  const base = name.toLowerCase();
  return {
    kind: "domain",
    passing: [`evil${base}`, `evil.example/.${base}`, `${base}.evil.example`],
    missed: [base.toUpperCase(), `x.${base.toUpperCase()}`],
    write: (x) => `domain(${x}).within(${quote(base)})`,
    note: apex(base),
  };
};

const WHOLE_NAMES = "`within` takes whole names of folders";

/** Folders that are taken for paths whatever the argument is called. */
const ROOTS =
  /^(?:\/(?:etc|home|root|srv|var|usr|tmp|opt|data|mnt|proc|dev|Users|workspace)(?:\/|\*|$)|[A-Za-z]:[\\/])/u;

const path: Recognise = (test, kind) => {
  if (kind !== "path" && !(kind === null && ROOTS.test(test.glob))) return null;
  return pathBelow(test) ?? pathByName(test);
};

const pathBelow = ({ glob, grants }: RawTest): Advice | null => {
  const [base, star] = groups("((?:/|[A-Za-z]:[\\\\/])[^*?]*)(\\*?)", glob) ?? [];
  if (base === undefined || (star === "" && grants !== false)) return null;
  const sign = base.includes("\\") ? "\\" : "/";
  const folder = base.replace(/(?<=.)[\\/]+$/u, "");
  if (folder === "/") return { kind: "path", passing: [], missed: [], write: (x) => `path(${x}).absolute` };
  return {
    kind: "path",
    passing: [`${folder}${sign}..${sign}elsewhere`],
    missed: [`/x/..${folder}${star === "*" ? "/x" : ""}`],
    write: (x) => `path(${x}).within(${quote(folder)})`,
    ...(star === "*" && folder === base ? { note: WHOLE_NAMES } : {}),
  };
};

/** That a path ends in something can be asked of raw text; that it does not, cannot. */
const pathByName = ({ glob, grants }: RawTest): Advice | null => {
  if (grants !== false) return null;
  const extension = groups("\\*\\.([A-Za-z0-9]{1,8})", glob)?.[0];
  if (extension !== undefined)
    return {
      kind: "path",
      passing: [],
      missed: [`x%2e${extension}`],
      write: (x) => `path(${x}).extension == ${quote(extension)}`,
    };
  const name = groups("\\*/([^/*?]+)", glob)?.[0];
  if (name !== undefined && name !== "..")
    return {
      kind: "path",
      passing: [],
      missed: [`/x/${name}/.`],
      write: (x) => `path(${x}).name == ${quote(name)}`,
    };
  return /^\*(?:\.\.[\\/]?|[\\/]\.\.[\\/]?)\*$/u.test(glob)
    ? {
        kind: "path",
        passing: [],
        missed: ["%2e%2e/x"],
        write: null,
        note: "`within` resolves `..` however it is written",
      }
    : null;
};

const ip: Recognise = ({ glob }, kind) => {
  const parts = groups("((?:\\d{1,3}\\.){1,3})\\*", glob)?.[0]?.split(".").slice(0, -1);
  if (kind !== "ip" || parts === undefined) return null;
  const [first, ...more] = [...parts, "0", "0", "0"].slice(0, 4);
  const network = `${[first, ...more].join(".")}/${parts.length * 8}`;
  return {
    kind: "ip",
    passing: [`${parts.join(".")}.evil.example`],
    missed: [`::ffff:${[first, ...more].join(".")}`],
    write: (x) => `ip(${x}).in(${quote(network)})`,
  };
};

const command: Recognise = ({ glob, grants }, kind) => {
  const [word, rest = ""] = groups("\\*?([A-Za-z][\\w./+-]*)((?:[\\s*?].*)?)", glob) ?? [];
  if (kind !== "command" || word === undefined || (grants !== false && !glob.includes("*"))) return null;
  const fixed = glob.replaceAll(/[*?]/gu, "").trim();
  if (grants === false) {
    const name = word.slice(word.lastIndexOf("/") + 1);
    return {
      kind: "command",
      passing: [],
      missed: [`"${name[0]}"${name.slice(1)}${rest.replaceAll(/[*?]/gu, "").trimEnd()}`],
      write: (x) => `(command(${x}).name == ${quote(name)} or command(${x}).compound)`,
      note: "commands that hold or run other commands are caught as well",
    };
  }
  const oneWord = !glob.startsWith("*") && /^ ?\*$/u.test(rest);
  return {
    kind: "command",
    passing: [`${fixed} x; rm -rf /`, `rm -rf /; ${fixed}`],
    missed: [],
    write:
      oneWord && grants === true
        ? (x) => `(command(${x}).program == ${quote(word)} and not command(${x}).compound)`
        : null,
    note: oneWord
      ? "commands that hold or run other commands are left out"
      : "look at `.program`, `.args` and `.compound` of it",
  };
};

const RECOGNISERS: readonly Recognise[] = [command, url, email, domain, path, ip];

/** What is meant by a test of raw text; null where raw text may well be meant. Of the texts only those that show it. */
export const adviceFor = (test: RawTest, kind: TextKind | null): Advice | null => {
  for (const recognise of RECOGNISERS) {
    const advice = recognise(test, kind);
    if (advice === null) continue;
    const passes = glob(test.glob);
    return {
      ...advice,
      passing: advice.passing.filter(passes),
      missed: advice.missed.filter((text) => !passes(text)),
    };
  }
  return null;
};
