/** A policy with every construct of the language, as the formatter writes it. */
export const TOUR = `/// What the payments agents may do.
policy payments version "1.4.0"

import "./org.agentpolicy" as org // its rules join this policy

tools bank from "./bank.tools.json" {
  transfer_money @idempotent
}
tools mail from "./mail.tools.json"
tools shell {
  /// Runs one command.
  run(command: string, cwd?: string) @destructive @open-world
  "odd.name/v2"(path: string)
}
tools {
  read_logs(limit: integer)
}

actor { role: "support" | "finance", team?: string }
context { env: "dev" | "staging" | "prod", ticket?: string }

type level = "low" | "high"
let internal-domains = ["acme.com", "acme.io"]
let blocked: string[] from "./blocked.json"
fn external(address: string) = email(address).domain not in internal-domains
fn leaves-house(to: string[], cc: string[]) = to.any(a => external(a)) or cc.any(a => external(a))

track spent-today = sum input.amount on bank.transfer_money per actor within 24h
track read-untrusted = seen on mail.read_inbox, shell.* per session

default deny

on bank.get_balance, bank.list_* {
  allow reads
}

on unknown {
  require approval unreviewed-tool
}

on bank.transfer_money {
  allow small-transfer
    when input.amount <= 500 and actor.role == "finance"

  require approval large-transfer
    when input.amount > 500
    from "finance-lead", "cfo"
    approvals 2
    within 30m
    risk high
    because "Transfer of {input.amount} to {input.to}."

  deny daily-limit
    when spent-today + input.amount > 10000
    because "The daily limit of 10000 is reached."

  mask input.iban, input.note
}

on mail.send {
  allow internal-mail
    unless leaves-house(input.to, input.cc ?? [])

  require clarification which-ticket
    when (leaves-house(input.to, input.cc ?? []))
    unless context has ticket
    ask "Which ticket is this mail about?"
    needs context.ticket

  deny exfiltration
    when read-untrusted and not (input.subject like "re:*")
    requires "preview", "two-factor"
}

on * where tool.destructive {
  deny prod-destruction
    when if context.env == "prod" then true else false
}

test "a large transfer waits for finance" {
  actor { id: "bot-1", role: "support" }
  context { env: "prod" }
  call bank.transfer_money { to: "acct-9", amount: 5000 }
  expect require approval by large-transfer
  after 2h
  call shell.run raw { command: 1 }
  expect deny code invalid_request
}

prove "nothing destructive ever just runs in production" {
  never allow, require approval on * where tool.destructive when context.env == "prod"
  always deny on unknown
}

on shell.run {
  deny last-rule
    when command(input.command).compound
}
`;

/** The names of the tour's rules. */
export const TOUR_RULES: readonly string[] = [
  "reads",
  "unreviewed-tool",
  "small-transfer",
  "large-transfer",
  "daily-limit",
  "internal-mail",
  "which-ticket",
  "exfiltration",
  "prod-destruction",
  "last-rule",
];
