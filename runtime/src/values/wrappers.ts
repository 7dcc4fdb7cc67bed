/**
 * Programs that run what they are given: other programs, or code in an argument. Programs with hooks of their own
 * (`git -c`, `tar --checkpoint-action`, the `system` of awk) are not among them: policies name those they mean.
 */

/** Whatever their arguments. */
const ALWAYS = words(
  "env xargs sh bash rbash dash ash zsh ksh mksh rksh fish csh tcsh elvish nu xonsh busybox toybox cmd powershell pwsh wsl " +
    "timeout gtimeout nohup sudo su doas pkexec run0 runuser gosu su-exec setpriv capsh nice ionice chrt taskset numactl setsid " +
    "setarch stdbuf unbuffer script watch parallel time strace ltrace exec eval command builtin source . trap coproc " +
    "chroot unshare nsenter firejail bwrap proot fakeroot systemd-run flock ssh rsh dbus-run-session xvfb-run caffeinate " +
    "tmux screen entr rlwrap setlock chpst cgexec prlimit at batch",
);

/** When an argument is one of these words, or a group of short options holds one of these letters. */
const WITH: ReadonlyMap<string, { readonly words?: ReadonlySet<string>; readonly letters?: string }> =
  new Map([
    ["find", { words: words("-exec -execdir -ok -okdir") }],
    ["fd", { words: words("--exec --exec-batch"), letters: "xX" }],
    ["python", { letters: "c" }],
    ["pypy", { letters: "c" }],
    ["perl", { letters: "eE" }],
    ["ruby", { letters: "e" }],
    ["node", { words: words("--eval --print"), letters: "ep" }],
    ["nodejs", { words: words("--eval --print"), letters: "ep" }],
    ["bun", { words: words("exec x --eval --print"), letters: "ep" }],
    ["deno", { words: words("eval") }],
    ["php", { words: words("--run"), letters: "rBRE" }],
    ["lua", { letters: "e" }],
    ["luajit", { letters: "e" }],
    ["osascript", { letters: "e" }],
    ["docker", { words: words("exec run") }],
    ["podman", { words: words("exec run") }],
    ["nerdctl", { words: words("exec run") }],
    ["kubectl", { words: words("exec run debug") }],
    ["npm", { words: words("exec x") }],
  ]);

/** Words of the shell's own grammar where a program stands. */
const CONTROL = words(
  "{ } ! [[ if then elif else fi while until for do done case esac select in function time coproc",
);

/** Whether a program runs what its arguments say, or is a control word. `name` without folders. */
export function runsArguments(name: string, args: readonly string[]): boolean {
  if (ALWAYS.has(name) || CONTROL.has(name)) return true;
  // `python3.12` is python; on some systems case does not count, and programs end in `.exe`.
  const plain = name.toLowerCase().replace(/\.exe$/, "");
  const bare = plain.replace(/[-\d.]{1,16}$/, "");
  const form = WITH.get(plain) ?? WITH.get(bare);
  if (form === undefined) return ALWAYS.has(plain) || ALWAYS.has(bare);
  return args.some(
    (arg) => form.words?.has(arg.split("=", 1)[0] as string) || hasLetter(arg, form.letters ?? ""),
  );
}

function hasLetter(arg: string, letters: string): boolean {
  return arg[0] === "-" && arg[1] !== "-" && [...letters].some((letter) => arg.slice(0, 16).includes(letter));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
