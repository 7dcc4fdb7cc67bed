import { type Path, path, pathWithin } from "@agentpolicy/runtime/values/path";
import { describe, expect, test } from "vitest";

/** [text, root, segments joined] */
const RESOLVED: readonly [string, string, string][] = [
  ["/srv/data/x.txt", "/", "srv/data/x.txt"],
  ["/srv//data/./x/../y/", "/", "srv/data/y"],
  ["/", "/", ""],
  ["//", "/", ""],
  ["/..", "/", ""],
  ["/../../etc/passwd", "/", "etc/passwd"],
  ["//etc//passwd", "/", "etc/passwd"],
  ["a/b", "", "a/b"],
  [".", "", ""],
  ["./a", "", "a"],
  ["..", "", ".."],
  ["a/../../b", "", "../b"],
  ["../../b", "", "../../b"],
  ["/srv/data/%2e%2e/%2e%2e/etc", "/", "etc"],
  ["/srv/data/..%2f..%2fetc", "/", "etc"],
  ["/srv/%252e%252e/etc", "/", "etc"],
  ["%2fetc%2fpasswd", "/", "etc/passwd"],
  ["/srv/100%", "/", "srv/100%"],
  ["/srv/50%zz", "/", "srv/50%zz"],
  ["/srv/a%20b", "/", "srv/a b"],
  ["/srv/%C3%BC", "/", "srv/ü"],
  ["/srv\\..\\etc", "/", "etc"],
  ["/srv/..%5c..%5cetc", "/", "etc"],
  ["..\\..\\x", "", "../../x"],
  ["C:\\Users\\ann", "c:/", "Users/ann"],
  ["c:/Users/../Windows", "c:/", "Windows"],
  ["C:/..", "c:/", ""],
  ["C:", "c:", ""],
  ["C:x", "c:", "x"],
  ["C:..\\x", "c:", "../x"],
  ["/C:/x", "c:/", "x"],
  ["/C:", "c:/", ""],
  ["/c:x", "/", "c:x"],
  ["%43%3a/x", "c:/", "x"],
  ["\\\\server\\share\\x", "/", "server/share/x"],
  ["\\\\?\\C:\\x", "c:/", "x"],
  ["\\\\.\\C:\\x", "c:/", "x"],
  ["\\??\\C:\\x", "c:/", "x"],
  ["\\\\?\\UNC\\server\\share", "/", "server/share"],
  ["~/x", "", "~/x"],
  ["/srv/...", "/", "srv/..."],
  ["/srv/..x/.y", "/", "srv/..x/.y"],
  ["/a b/c\nd", "/", "a b/c\nd"],
  ["ab:cd", "", "ab:cd"],
];

describe("path", () => {
  test.each(RESOLVED)("%j is %j %j", (text, root, joined) => {
    const found = path(text) as Path;
    expect([found.root, found.segments.join("/")]).toEqual([root, joined]);
    expect(found.absolute).toBe(root.endsWith("/"));
    expect(path(root + joined || ".")).toEqual(found);
  });

  test.each([
    "",
    "\0",
    "/srv/x\0.txt",
    "/srv/x%00.txt",
    "/srv/x%2500.txt",
    "/srv/%c0%ae%c0%ae/etc",
    "/srv/%ff",
    `/srv/%${"25".repeat(12)}2e`,
    "/srv/.. /etc",
    "/srv/. /etc",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "file%3a%2f%2f/etc/passwd",
    "https://acme.com/x",
  ])("refuses %j", (text) => {
    expect(path(text)).toBeNull();
  });

  test.each([
    ["/srv/a.txt", "a.txt", "txt"],
    ["/srv/a.tar.gz", "a.tar.gz", "gz"],
    ["/srv/A.EXE", "A.EXE", "EXE"],
    ["/srv/.bashrc", ".bashrc", ""],
    ["/srv/.a.txt", ".a.txt", "txt"],
    ["/srv/a", "a", ""],
    ["/srv/a.", "a.", ""],
    ["/srv/a.exe.", "a.exe.", "exe"],
    ["/srv/a.exe. . ", "a.exe. . ", "exe"],
    ["/srv/a.exe%2e", "a.exe.", "exe"],
    ["/srv/...", "...", ""],
    ["/srv/a.b/", "a.b", "b"],
    ["/", "", ""],
    ["..", "..", ""],
    [".", "", ""],
  ])("%j has name %j and extension %j", (text, name, extension) => {
    expect(path(text)).toMatchObject({ name, extension });
  });
});

describe("within", () => {
  test.each([
    ["/srv/data", "/srv/data", true],
    ["/srv/data/", "/srv/data", true],
    ["/srv/data/a/b", "/srv/data/", true],
    ["/srv/data/../data/x", "/srv/data", true],
    ["//srv/data/x", "/srv/data", true],
    ["/x", "/", true],
    ["/srv/database", "/srv/data", false],
    ["/srv", "/srv/data", false],
    ["/srv/data/../x", "/srv/data", false],
    ["/srv/data/%2e%2e/x", "/srv/data", false],
    ["/srv/data/..%252fx", "/srv/data", false],
    ["/srv/data\\..\\..\\etc", "/srv/data", false],
    ["/SRV/data", "/srv/data", false],
    ["srv/data/x", "/srv/data", false],
    ["x", "/", false],
    ["../srv/data", "/srv/data", false],
    ["~/srv/data", "/srv/data", false],
    ["C:/srv/data", "/srv/data", false],
    ["C:\\Data\\x", "c:/data", true],
    ["\\\\?\\C:\\Data\\x", "C:/data", true],
    ["C:/data/../x", "C:/data", false],
    ["C:/Data. ./x", "C:/data", true],
    ["C:/data./x", "C:/data", true],
    ["C:/.../x", "C:/..x", false],
    ["/data./x", "/data", false],
    ["D:/data/x", "C:/data", false],
    ["C:data/x", "C:/data", false],
    ["/data/x", "C:/data", false],
    ["\\\\server\\share\\x", "//server/share", true],
    ["src/x", "src", true],
    ["./src/x", "src/", true],
    ["x", ".", true],
    ["../x", ".", false],
    ["src/../../x", "src", false],
    ["../x", "..", true],
    ["../../x", "..", false],
    ["/x", ".", false],
    ["/srv/data", "", null],
    ["/srv/data", "/srv/%00", null],
    ["/srv/data", "file:///srv", null],
  ])("%j within %j: %j", (text, base, expected) => {
    expect(pathWithin(path(text) as Path, base)).toBe(expected);
  });
});
