export { type OpenTelemetryOptions, openTelemetry } from "./open-telemetry.ts";
export { type Exporting, type Watched, watched } from "./watched.ts";
