import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json } from "../../src/types/type.ts";

const options = {
  strict: false,
  validateFormats: false,
  ownProperties: true,
  logger: false,
  addUsedSchema: false,
} as const;

const draft7 = new Ajv(options);
const draft2020 = new Ajv2020(options);

/**
 * What ajv, an independent validator, says of values under a schema: null where the schema is none, undefined where the
 * question does not end.
 */
export const oracle = (schema: Json): ((value: Json) => boolean | undefined) | null => {
  const old = typeof schema === "object" && JSON.stringify(schema).includes("json-schema.org/draft-0");
  try {
    const validate = (old ? draft7 : draft2020).compile(schema as object);
    return (value) => {
      try {
        return validate(value) === true;
      } catch {
        return undefined;
      }
    };
  } catch {
    return null;
  }
};
