import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Runs a module in a process of its own, with one job, and gives the one message that it answers with. So nobody's heap,
 * compiled code or threads are another's. Rejects where the process ends without an answer.
 */
export const inOwnProcess = <Job extends object, Answer>(module: URL, job: Job): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(module));
    let answer: { readonly is: Answer } | undefined;
    child.on("message", (message: Answer) => {
      answer = { is: message };
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (answer && code === 0) resolve(answer.is);
      else reject(new Error(`the process that measured ended with ${code}, see above`));
    });
    child.send(job);
  });

/** The other end: does the job that this process was started for. */
export function whenAsked<Job, Answer>(work: (job: Job) => Promise<Answer>): void {
  process.once("message", (job: Job) => {
    work(job).then(
      (answer) => process.send?.(answer, () => process.disconnect()),
      (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
        process.disconnect();
      },
    );
  });
}
