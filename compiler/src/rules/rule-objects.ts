import type { Effect, Risk } from "@agentpolicy/runtime/abi";

type Primitive = string | number | boolean | null;

/** Operators on one value; all that are given must hold. Where the value cannot be judged, the call is denied. */
export interface Operators {
  /** Equal, to the letter: `*` is a star. */
  readonly eq?: Primitive;
  /** There, and not equal. An absent value cannot be judged. */
  readonly neq?: Primitive;
  readonly in?: readonly Primitive[];
  /** `true`: there and not `null`. `false`: absent or `null`. */
  readonly exists?: boolean;
  /** Less than. Only numbers can be judged, for these four. */
  readonly lt?: number;
  readonly lte?: number;
  readonly gt?: number;
  readonly gte?: number;
  /** A list that holds this value, or a text that holds this text. */
  readonly contains?: string | number | boolean;
  /** `true`: an address outside of `internalDomains`, or a list with one. `false`: none is outside. */
  readonly externalEmail?: boolean;
}

/**
 * What a value is asked: to be equal to a string, number, boolean or `null`; to be a text like `"acme-*"` (`*` is any
 * run of characters); a list as long as this one whose items match one by one; a record whose fields match; or what
 * operators say.
 */
export type Matcher = Primitive | readonly Matcher[] | Operators | FieldMatchers;

/** Field by field. Fields that are not named do not matter. */
export interface FieldMatchers {
  readonly [field: string]: Matcher;
}

/** What a text is asked. */
export type TextMatcher =
  | string
  | (Pick<Operators, "contains" | "externalEmail" | "exists"> & {
      readonly eq?: string;
      readonly neq?: string;
      readonly in?: readonly string[];
    });

/** What a number is asked. */
export type NumberMatcher =
  | number
  | (Pick<Operators, "lt" | "lte" | "gt" | "gte" | "exists"> & {
      readonly eq?: number;
      readonly neq?: number;
      readonly in?: readonly number[];
    });

/** What one item of evidence is asked. */
export interface EvidenceItem {
  readonly type?: TextMatcher;
  readonly source?: TextMatcher;
  readonly title?: TextMatcher;
  readonly text?: TextMatcher;
  readonly uri?: TextMatcher;
  readonly confidence?: NumberMatcher;
}

/** What the evidence is asked: `any`: some item matches; `all`: for each of these some item matches; `count`: how many. */
export interface EvidenceMatcher {
  readonly any?: EvidenceItem;
  readonly all?: readonly EvidenceItem[];
  readonly count?: NumberMatcher;
}

/** What a rule asks of a request; all of it must hold. Without anything to ask a rule matches every call. */
export interface RuleConditions {
  /** The tool's whole name, exactly; or a glob with `*` (any run of characters) and `?` (one). Of a list any one. */
  readonly action?: string | readonly string[];
  /** The tool's arguments. `arguments` is another name for it. */
  readonly input?: FieldMatchers;
  readonly arguments?: FieldMatchers;
  readonly actor?: FieldMatchers;
  readonly context?: FieldMatchers;
  readonly resource?: FieldMatchers;
  readonly model?: {
    readonly provider?: TextMatcher;
    readonly name?: TextMatcher;
    readonly confidence?: NumberMatcher;
  };
  /** An item without `any`, `all` and `count` around it is `any`. */
  readonly evidence?: EvidenceMatcher | EvidenceItem;
}

/** One rule as an object. */
export interface RuleObject {
  /** Unique; decisions name the rule so. */
  readonly id: string;
  readonly when?: RuleConditions;
  /** The policy's default where not given. */
  readonly decision?: Effect;
  /** Shown to people and agents, as it stands. For `clarification_required` it is the question. */
  readonly reason?: string;
  /** What the rule is for. Serves as the reason where none is given. */
  readonly description?: string;
  /** The policy's `defaultRisk` where not given; without that `medium`, `low` on allow. */
  readonly risk?: Risk;
  readonly requirements?: readonly string[];
}

/** A policy as an object. */
export interface PolicyObject {
  /** `policy` where not given. `id` is another name for it. */
  readonly name?: string;
  readonly id?: string;
  readonly version?: string;
  /** Where no rule matches: `deny`, or `approval_required`, which it is where not given. */
  readonly defaultDecision?: "deny" | "approval_required";
  /** The risk where no rule matches, and of rules that give none. */
  readonly defaultRisk?: Risk;
  /** The requirements where no rule matches; none where not given. */
  readonly defaultRequirements?: readonly string[];
  /** The domains whose addresses are not external, each exactly: `acme.com` is not `mail.acme.com`. */
  readonly internalDomains?: readonly string[];
  readonly rules: readonly RuleObject[];
}
