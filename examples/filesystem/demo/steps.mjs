const PLAN = "# Plan\n\n1. Call the bank.\n2. Write the report.\n";
const REPORT = "# Report\n\nThe bank has been called. All is still well.\n";

/** What the guard runs once a call may run: the real call, with the very input that was judged. */
const through =
  (server, { action }) =>
  (input) =>
    server.call(action.name.replace(/^fs\./, ""), input);

const runs = {
  title: "The assistant writes a draft",
  run: async ({ iam, server, stage, request, show, check }) => {
    const call = request("fs.write_file", { path: stage.path("workspace/drafts/plan.md"), content: PLAN });
    const result = await iam.guard(call, through(server, call));
    show.call(call);
    show.result(result);
    check("the call ran at once", result.executed && result.decision.decision === "allow");
    check(
      "drafts/plan.md is on the disk, as it was written",
      stage.read("workspace/drafts/plan.md") === PLAN,
    );
  },
};

const denied = {
  title: "It tries to leave its workspace",
  run: async ({ iam, server, stage, request, show, check }) => {
    const call = request("fs.read_text_file", { path: stage.path("workspace/../secrets/keys.txt") });
    const before = server.calls();
    const result = await iam.guard(call, through(server, call));
    show.call(call);
    show.result(result);
    check(
      "the call was denied by a rule",
      result.decision.decision === "deny" && result.decision.code === "rule",
    );
    check("the server never heard of it", !result.executed && server.calls() === before);
    const unguarded = await server.call("read_text_file", call.action.input);
    check("without the guard it would have given the key away", unguarded === stage.read("secrets/keys.txt"));
  },
};

const approved = {
  title: "It wants to overwrite the report",
  run: async ({ iam, checkpoints, server, stage, request, show, check }) => {
    const call = request("fs.write_file", { path: stage.path("workspace/report.md"), content: REPORT });
    const before = stage.read("workspace/report.md");
    const paused = await iam.guard(call, through(server, call));
    show.call(call);
    show.result(paused);
    check("the call is paused", !paused.executed && paused.checkpoint?.state === "pending");
    check("the report on the disk is as it was", stage.read("workspace/report.md") === before);
    const { id } = paused.checkpoint;
    const stranger = await checkpoints.approve(id, "badge-kim");
    show.after(
      "kim, a guest, approves",
      stranger.ok ? "accepted" : `refused: ${stranger.refused.replaceAll("_", " ")}`,
    );
    check("a guest's approval is refused", !stranger.ok);
    const granted = await checkpoints.approve(id, "badge-dana");
    show.after(
      "dana, a maintainer, approves",
      granted.ok ? granted.checkpoint.state : `refused: ${granted.refused}`,
    );
    show.after("the call is resumed", "the policy judges it again");
    const resumed = await iam.resume(id, through(server, call));
    show.result(resumed);
    check("the resumed call ran", resumed.executed);
    check("the report on the disk is the new one", stage.read("workspace/report.md") === REPORT);
    const twice = await iam.resume(id, through(server, call));
    check("one approval is good for one call", !twice.executed);
  },
};

const clarified = {
  title: "It wants to move the report",
  run: async ({ iam, checkpoints, server, stage, request, show, check }) => {
    const call = request("fs.move_file", {
      source: stage.path("workspace/report.md"),
      destination: stage.path("workspace/archive/report.md"),
    });
    const asked = await iam.guard(call, through(server, call));
    show.call(call);
    show.result(asked);
    check("the guard asks back", asked.decision.decision === "clarification_required" && !asked.executed);
    check("the report has not moved", stage.read("workspace/archive/report.md") === undefined);
    const answered = await checkpoints.answer(asked.checkpoint.id, { "context.ticket": "OPS-42" });
    show.after("the user answers", answered.ok ? "context.ticket is OPS-42" : `refused: ${answered.refused}`);
    show.after("the call is resumed", "the policy judges it again");
    const judged = await iam.resume(asked.checkpoint.id, through(server, call));
    show.result(judged);
    check(
      "judged again with the answer, the call ran",
      judged.executed && judged.decision.decision === "allow",
    );
    check(
      "the report lies in the archive, and only there",
      stage.read("workspace/archive/report.md") === REPORT && stage.read("workspace/report.md") === undefined,
    );
  },
};

const refused = {
  title: "It calls a tool with the wrong arguments",
  run: async ({ iam, server, stage, request, show, check }) => {
    const call = request("fs.write_file", { path: stage.path("workspace/drafts/plan.md"), content: 42 });
    const before = server.calls();
    const result = await iam.guard(call, through(server, call));
    show.call(call);
    show.result(result);
    check("the call was refused before any rule", result.decision.code === "invalid_request");
    check("the server never heard of it", !result.executed && server.calls() === before);
    check("drafts/plan.md is as it was", stage.read("workspace/drafts/plan.md") === PLAN);
  },
};

/** The five ways that a call can go. */
export const STEPS = [runs, denied, approved, clarified, refused];
