/** A JavaScript expression and how strongly its outermost operator binds. */
export interface Js {
  readonly code: string;
  readonly binds: number;
  /** The code that gives the opposite, where it is no longer. */
  readonly opposite?: Js;
}

/** How strongly operators bind, as ECMA-262 orders them. `??` may not stand bare beside `&&` and `||`. */
export const BINDS = {
  arrow: 0,
  conditional: 1,
  nullish: 2,
  or: 3,
  and: 4,
  equality: 5,
  relational: 6,
  additive: 7,
  multiplicative: 8,
  unary: 9,
  primary: 10,
} as const;

export const js = (code: string, binds: number = BINDS.primary): Js => ({ code, binds });

/** The code, in parentheses where it binds less strongly than asked for. */
export const within = ({ code, binds }: Js, least: number): string => (binds < least ? `(${code})` : code);

/** A call of a function by name. Arguments are separated by commas, which bind least. */
export const call = (name: string, args: readonly Js[]): Js =>
  js(`${name}(${args.map((arg) => arg.code).join(", ")})`);

/** Two operands and the operator between them; chains lean to the left. */
export const binary = (left: Js, operator: string, right: Js, binds: number): Js =>
  js(`${within(left, binds)} ${operator} ${within(right, binds + 1)}`, binds);

/** An operator for which grouping means nothing, so that chains need no parentheses on either side. */
export const chain = (left: Js, operator: string, right: Js, binds: number): Js => {
  const code = `${within(left, binds)} ${operator} ${within(right, binds)}`;
  if (operator !== "||" || left.opposite === undefined || right.opposite === undefined)
    return js(code, binds);
  return { code, binds, opposite: chain(left.opposite, "&&", right.opposite, BINDS.and) };
};

/** `===` and `!==`. */
export const same = (left: Js, right: Js, yes = true): Js => {
  const [is, isNot] = [
    binary(left, "===", right, BINDS.equality),
    binary(left, "!==", right, BINDS.equality),
  ];
  return yes ? { ...is, opposite: isNot } : { ...isNot, opposite: is };
};

export const not = (of: Js): Js =>
  of.opposite ?? { ...js(`!${within(of, BINDS.unary)}`, BINDS.unary), opposite: of };

const NAME = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Whether code is a name, which can be written twice without being worked out twice. */
export const isName = ({ code }: Js): boolean => NAME.test(code);
