import {
  type Field,
  membersOf,
  overlaps,
  printName,
  type RecordType,
  type Type,
  union,
} from "@agentpolicy/language";
import {
  docOf,
  FITTING,
  fieldDoc,
  NEEDED,
  type Offer,
  offer,
  POSSIBLE,
  paragraphs,
  SELDOM,
  typeText,
  USUAL,
} from "./offer.ts";

/** A field as several records together have it. */
export interface FieldView {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  readonly fields: readonly Field[];
  /** How many of the records have it, and how many there are. */
  readonly among: readonly [number, number];
}

/** The fields that values of the types have. */
export const viewsOf = (types: readonly Type[]): readonly FieldView[] => {
  const records = types.flatMap(membersOf).filter((member): member is RecordType => member.kind === "record");
  const byName = new Map<string, Field[]>();
  for (const record of records)
    for (const [name, field] of record.fields) byName.set(name, [...(byName.get(name) ?? []), field]);
  return [...byName].map(([name, fields]) => ({
    name,
    type: union([...new Set(fields.map((field) => field.type))]),
    optional: fields.some((field) => field.optional),
    fields: [...new Set(fields)],
    among: [fields.length, records.length],
  }));
};

/** `string[], optional` */
export const fieldDetail = ({ type, optional, among: [some, all] }: FieldView): string =>
  [
    typeText(type),
    ...(optional ? ["optional"] : []),
    ...(some < all ? [`${some} of ${all} tools`] : []),
  ].join(", ");

/** `.name`, or `["odd key"]`. */
export const access = (of: string, name: string): string =>
  printName(name) === name ? `${of}.${name}` : `${of}[${printName(name)}]`;

/** A field that may not be there must be asked for; so must one that some of the tools do not have. */
export const guardDoc = (view: FieldView, of: string, isGuarded: boolean): string | undefined => {
  const [some, all] = view.among;
  const name = printName(view.name);
  if (isGuarded || (!view.optional && some === all)) return fieldDoc(view.fields);
  const path = access(of, view.name);
  const ask = `May be absent: ask \`${of} has ${name}\` first${some === all ? `, or write \`${path} ?? …\`` : ""}.`;
  return paragraphs(fieldDoc(view.fields), ask);
};

const bandOf = ({ optional, among: [some, all] }: FieldView, isGuarded: boolean): number =>
  isGuarded || (!optional && some === all) ? FITTING : some === all ? USUAL : SELDOM;

/** Fields after a dot, those of the expected type first. `of` is what is written before the dot. */
export const fieldOffers = (
  types: readonly Type[],
  of: string,
  expected: Type | null,
  isGuarded: (name: string) => boolean,
): readonly Offer[] =>
  viewsOf(types).flatMap((view) => {
    if (printName(view.name) !== view.name) return [];
    const guarded = isGuarded(view.name);
    const fits = expected === null || overlaps(view.type, expected);
    return [
      offer("field", view.name, {
        detail: fieldDetail(view),
        band: bandOf(view, guarded) + (fits ? 0 : 1),
        ...docOf(guardDoc(view, of, guarded)),
      }),
    ];
  });

/** What the policy or a schema declares before what every policy has: `actor.role` before `actor.id`. */
export const declaredFirst = (views: readonly FieldView[]): readonly FieldView[] => [
  ...views.filter(isDeclared),
  ...views.filter((view) => !isDeclared(view)),
];

const isDeclared = ({ fields }: FieldView): boolean => fields.some(({ at }) => at !== undefined);

/** Whole paths such as `input.amount`. `expected`: null where any type will do. */
export const pathOffers = (
  types: readonly Type[],
  of: string,
  expected: Type | null,
  isGuarded: (name: string) => boolean,
): readonly Offer[] =>
  declaredFirst(viewsOf(types)).flatMap((view) => {
    const guarded = isGuarded(view.name);
    const path = access(of, view.name);
    const band = bandOf(view, guarded);
    if (band === SELDOM) return [];
    const fits = expected === null || overlaps(view.type, expected);
    return [
      offer("field", path, {
        detail: fieldDetail(view),
        band: fits ? (isDeclared(view) ? band : Math.max(band, USUAL)) : SELDOM,
        ...docOf(guardDoc(view, of, guarded)),
      }),
    ];
  });

/** What may be asked for with `has`: what need not be there. */
export const presenceOffers = (types: readonly Type[]): readonly Offer[] =>
  viewsOf(types).map((view) => {
    const [some, all] = view.among;
    const isAsked = view.optional || some < all;
    return offer("field", printName(view.name), {
      detail: isAsked ? fieldDetail(view) : `${typeText(view.type)}, always there`,
      band: isAsked ? NEEDED : POSSIBLE,
      ...docOf(fieldDoc(view.fields)),
    });
  });
