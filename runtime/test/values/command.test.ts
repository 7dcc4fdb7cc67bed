import { command } from "@agentpolicy/runtime/values/command";
import { describe, expect, test } from "vitest";

/** [line, program, name, args] of lines that run one program with just these words. */
const SIMPLE: readonly [string, string, string, readonly string[]][] = [
  ["git status", "git", "git", ["status"]],
  ["  git\tstatus  ", "git", "git", ["status"]],
  ["/bin/rm -rf /", "/bin/rm", "rm", ["-rf", "/"]],
  ["./git push", "./git", "git", ["push"]],
  ["git commit -m 'a; b | c && d > e'", "git", "git", ["commit", "-m", "a; b | c && d > e"]],
  [
    'git commit -m "say \\"hi\\" & \\$5 \\` \\\\ \\n"',
    "git",
    "git",
    ["commit", "-m", 'say "hi" & $5 ` \\ \\n'],
  ],
  ["echo a\\ b 'it'\\''s' \"\"", "echo", "echo", ["a b", "it's", ""]],
  ["grep 'foo$' \"bar$\" baz$", "grep", "grep", ["foo$", "bar$", "baz$"]],
  ["ls *.ts [ab]? ~/x", "ls", "ls", ["*.ts", "[ab]?", "~/x"]],
  ["'git' status", "git", "git", ["status"]],
  ['"/opt/my app/run" x', "/opt/my app/run", "run", ["x"]],
  ["echo a#b c=d", "echo", "echo", ["a#b", "c=d"]],
  ["git stash show stash@{0} {}", "git", "git", ["stash", "show", "stash@{0}", "{}"]],
  ["echo a\\\nb", "echo", "echo", ["ab"]],
  ["git \\\n  log", "git", "git", ["log"]],
  ["printf '%s\n' x", "printf", "printf", ["%s\n", "x"]],
  ["python3 script.py --count", "python3", "python3", ["script.py", "--count"]],
  ["find . -name '*.ts'", "find", "find", [".", "-name", "*.ts"]],
  ["docker ps", "docker", "docker", ["ps"]],
  ["envy x", "envy", "envy", ["x"]],
  ["écho ü", "écho", "écho", ["ü"]],
  ["echo \u00a0x", "echo", "echo", ["\u00a0x"]],
];

/** Lines that do more than run their first word, with the name they must show for denying. */
const COMPOUND: readonly [string, string][] = [
  ["ls | rm x", "ls"],
  ["ls|rm", "ls"],
  ["ls && rm x", "ls"],
  ["ls || rm x", "ls"],
  ["ls; rm x", "ls"],
  ["ls;rm x", "ls"],
  ["sleep 1 &", "sleep"],
  ["ls\nrm x", "ls"],
  ["ls\n", "ls"],
  ["ls\rrm x", "ls\rrm"],
  ["ls \u0003rm", "ls"],
  ["ls > out", "ls"],
  ["ls >out", "ls"],
  ["ls 2>&1", "ls"],
  ["ls < in", "ls"],
  ["cat <<EOF\nx\nEOF", "cat"],
  [">out rm x", "rm"],
  ["2> err rm x", "rm"],
  ["echo $(rm x)", "echo"],
  ['echo "$(rm x)"', "echo"],
  ["echo `rm x`", "echo"],
  ['echo "`rm x`"', "echo"],
  ["echo $((1+1))", "echo"],
  ["echo $HOME", "echo"],
  ['echo "$HOME"', "echo"],
  ["echo ${IFS}", "echo"],
  ["echo ${x:-$(rm)}", "echo"],
  ["echo $'\\n'", "echo"],
  ['echo "a\\\\$(rm)"', "echo"],
  ["cat /srv/data/${HOME:0:1}..${HOME:0:1}etc", "cat"],
  ["echo $$", "echo"],
  ["echo $\\\n(rm x)", "echo"],
  ['echo "$\\\n(rm x)"', "echo"],
  ["echo $\\\n\\\n{HOME}", "echo"],
  ["(rm x)", "rm"],
  ["{ rm x; }", "{"],
  ["diff <(ls) x", "diff"],
  ["FOO=1 rm x", "rm"],
  ["LD_PRELOAD=/tmp/x.so git status", "git"],
  ["a[0]+=1 rm", "rm"],
  ["FOO=1", ""],
  ["env rm", "env"],
  ["/usr/bin/env rm", "env"],
  ["xargs rm", "xargs"],
  ["sh -c 'rm x'", "sh"],
  ["bash script.sh", "bash"],
  ["/bin/dash -c x", "dash"],
  ["busybox rm", "busybox"],
  ["timeout 5 rm", "timeout"],
  ["nohup rm", "nohup"],
  ["sudo rm", "sudo"],
  ["doas rm", "doas"],
  ["su -c rm", "su"],
  ["nice -n 5 rm", "nice"],
  ["ionice rm", "ionice"],
  ["setsid rm", "setsid"],
  ["stdbuf -o0 rm", "stdbuf"],
  ["watch rm", "watch"],
  ["parallel rm", "parallel"],
  ["ssh host rm", "ssh"],
  ["exec rm", "exec"],
  ["eval rm", "eval"],
  ["command rm", "command"],
  ["builtin cd", "builtin"],
  ["time rm", "time"],
  ["chroot / rm", "chroot"],
  ["unshare rm", "unshare"],
  [". ./x", "."],
  ["source x", "source"],
  ["trap rm EXIT", "trap"],
  ["find . -exec rm {} +", "find"],
  ["find . -execdir rm", "find"],
  ["find . -ok rm", "find"],
  ["python -c 'x'", "python"],
  ["python3.12 -Ic 'x'", "python3.12"],
  ["Python.EXE -c x", "Python.EXE"],
  ["BASH -c x", "BASH"],
  ["perl -e x", "perl"],
  ["perl -lne x", "perl"],
  ["node --eval=x", "node"],
  ["node -pe x", "node"],
  ["docker exec box rm", "docker"],
  ["kubectl exec pod -- rm", "kubectl"],
  ["if true", "if"],
  ["while true", "while"],
  ["! rm", "!"],
  ["[[ a", "[["],
  ["$CMD x", "$CMD"],
  ['"$CMD" x', "$CMD"],
  ["r? x", "r?"],
  ["/bin/r* x", "r*"],
  ["~/rm x", "rm"],
  ["r\\m x", "rm"],
  ["\\rm x", "rm"],
  ["{rm,-rf,x}", "{rm,-rf,x}"],
  ["git {push,--force}", "git"],
  ["echo {1..9}", "echo"],
  ["cat /srv/data/.?/x", "cat"],
  ["cat /srv/data/.*/x", "cat"],
  ['cat /srv/data/"."?/x', "cat"],
  ["cat .[.]/x", "cat"],
  ["ls # '\nrm -rf / #'", "ls"],
];

const REFUSED = [
  "",
  " ",
  "\t",
  "echo 'a",
  'echo "a',
  'echo "a\\"',
  "echo a\\",
  "echo 'a\\'b'",
  "ls \0",
  "ls '\0'",
  'ls "\0"',
  "> ",
];

describe("simple lines", () => {
  test.each(SIMPLE)("%j", (line, program, name, args) => {
    expect(command(line)).toEqual({ program, name, args, compound: false });
  });
});

describe("compound lines", () => {
  test.each(COMPOUND)("%j", (line, name) => {
    expect(command(line)).toMatchObject({ name, compound: true });
  });
});

describe("refused", () => {
  test.each(REFUSED)("%j", (line) => {
    expect(command(line)).toBeNull();
  });
});

describe("what is left for denying", () => {
  test("the words of every part of the line are arguments, redirection targets too", () => {
    expect(command("git log | tee /etc/x > /etc/y; rm -rf /")?.args).toEqual([
      "log",
      "tee",
      "/etc/x",
      "/etc/y",
      "rm",
      "-rf",
      "/",
    ]);
  });

  test("an assignment is the program as written, and never an allowed one", () => {
    expect(command("LD_PRELOAD=x git status")).toEqual({
      program: "LD_PRELOAD=x",
      name: "git",
      args: ["status"],
      compound: true,
    });
  });
});
