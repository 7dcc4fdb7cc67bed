export * from "./abi/index.ts";
