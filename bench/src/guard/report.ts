import { machineSaid } from "../harness/machine.ts";
import { shown, table } from "../harness/report.ts";
import type { Ratio } from "../harness/statistics.ts";
import type { Cost, Figure, GuardRun, StoreResult } from "./result.ts";

/** A run in words and tables. */
export const guardReport = (run: GuardRun): string =>
  [
    `Measured on ${run.date}: ${machineSaid(run.machine)}.`,
    summary(run),
    ...run.stores.map(storeReport),
    ...Object.entries(run.skipped).map(
      ([store, why]) => `### ${TITLES[store] ?? store}\n\nNot measured: ${why.split("\n")[0]}`,
    ),
  ].join("\n\n");

const TITLES: { readonly [store: string]: string } = {
  memory: "In memory",
  sqlite: "SQLite",
  postgres: "Postgres",
};

const times = ({ median, low, high }: Ratio): string =>
  `${shown(median)} (${low === high ? shown(low) : `${shown(low)} to ${shown(high)}`})`;

/** What the guard is asked about most, on one page. */
function summary({ stores }: GuardRun): string {
  const rows = stores.map(({ store, figures, tracks }) => {
    const named = (name: string) => figures.filter((figure) => figure.name === name);
    return [
      TITLES[store] ?? store,
      ...named("allowed").flatMap(({ oneByOne: { ratio, median } }) => [shown(ratio.median), shown(median)]),
      ...named("resume").flatMap(({ oneByOne, atOnce }) => [
        shown(oneByOne.ratio.median),
        shown(1e6 / oneByOne.median),
        shown(atOnce.perSecond),
        shown(atOnce.ratio.median),
      ]),
      ...tracks.slice(-1).map(({ growth }) => shown(growth.median)),
    ];
  });
  const most = stores[0]?.tracks.at(-1)?.recorded ?? 0;
  return table(
    [
      "store",
      "allowed call, × bare write",
      "allowed call, µs",
      "resume, × bare write",
      "resumes per second, one by one",
      `resumes per second, ${stores[0]?.sizes.width ?? 0} at once`,
      "resume at once, × bare write at once",
      `counted call after ${shown(most)} events, × after 1`,
    ],
    rows,
  );
}

function storeReport(result: StoreResult): string {
  const { store, about, bases, figures, tracks, sizes } = result;
  const said = Object.entries(about).map(([what, is]) => `${what}: ${is}`);
  const { oneByOne, atOnce } = sizes;
  const calls =
    `${oneByOne.rounds} rounds of ${oneByOne.calls} calls one by one, ` +
    `${atOnce.rounds} of ${atOnce.calls} calls with ${sizes.width} at once`;
  return [
    `### ${TITLES[store] ?? store}`,
    `${said.join("; ")}. ${calls}.${sizes.block > 1 ? ` One by one, a sample is the mean of ${sizes.block} calls.` : ""}`,
    table(
      [
        "",
        "writes, reads",
        "records",
        "median µs",
        "p99 µs",
        "CPU µs",
        "× bare write",
        "× its own bare steps",
        `per second, ${sizes.width} at once`,
        "× bare write at once",
      ],
      [
        ...bases.map((base) => rowOf({ writes: 0, reads: 0, records: 0, ...base }, null)),
        ...figures.map((figure) => rowOf(figure, stepsOf(figure, bases))),
      ],
    ),
    table(
      [
        "counted call, events recorded before",
        "figure at the end",
        "median µs",
        "p99 µs",
        "CPU µs",
        "× bare write",
        "× after 1",
      ],
      tracks.map(({ recorded, found, growth, ...cost }) => [
        shown(recorded),
        shown(found),
        ...costCells(cost),
        times(growth),
      ]),
    ),
  ].join("\n\n");
}

const costCells = ({ median, p99, cpu, ratio }: Cost): readonly string[] => [
  shown(median),
  shown(p99),
  shown(cpu),
  times(ratio),
];

/** What the steps of a call would cost as bare writes and reads; null where nothing is written. */
function stepsOf({ writes, reads }: Figure, bases: StoreResult["bases"]): number | null {
  const [write, read] = bases.map(({ oneByOne }) => oneByOne.median);
  return write === undefined || read === undefined ? null : writes * write + reads * read;
}

const rowOf = (figure: Figure, steps: number | null): readonly string[] => {
  const { name, writes, reads, records, oneByOne, atOnce } = figure;
  return [
    name,
    writes + reads === 0 ? "" : `${writes}, ${reads}`,
    records === 0 ? "" : String(records),
    ...costCells(oneByOne),
    steps ? shown(oneByOne.median / steps) : "",
    shown(atOnce.perSecond),
    times(atOnce.ratio),
  ];
};
