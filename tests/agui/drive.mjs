// Runs one turn through AG-UI's own client and prints each event it took as a line of JSON.
//
//   node drive.mjs URL KEY MESSAGE [--thread ID] [--resume INTERRUPT JSON]... [--cancel INTERRUPT]...
//
// Exit 0: the client took the whole stream as it was and the run ended. Exit 1: it refused an event
// or the request, had to strip or drop something, or the stream had no end; stderr says which.
// An empty MESSAGE adds none, as when a run is only resumed.

import { randomUUID } from "node:crypto";
import { HttpAgent } from "@ag-ui/client";

const [url, key, message, ...options] = process.argv.slice(2);
const resume = [];
let threadId = randomUUID();
while (options.length > 0) {
  const option = options.shift();
  if (option === "--thread") threadId = options.shift();
  else if (option === "--resume")
    resume.push({
      interruptId: options.shift(),
      status: "resolved",
      payload: JSON.parse(options.shift()),
    });
  else if (option === "--cancel")
    resume.push({ interruptId: options.shift(), status: "cancelled" });
  else refuse(`unknown option ${option}`);
}

function refuse(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

// The client strips what it doesn't know and goes on with a warning: here that is a failure.
const warnings = [];
console.warn = (...words) => warnings.push(words.join(" "));
console.error = () => {};

const agent = new HttpAgent({ url, threadId, headers: { Authorization: `Bearer ${key}` } });
if (message) agent.addMessage({ id: randomUUID(), role: "user", content: message });

let ended = false;
try {
  await agent.runAgent(resume.length > 0 ? { resume } : {}, {
    onEvent: ({ event }) => {
      ended = event.type === "RUN_FINISHED" || event.type === "RUN_ERROR";
      process.stdout.write(`${JSON.stringify(event)}\n`);
    },
  });
} catch (error) {
  refuse(error.message);
}
if (warnings.length > 0) refuse(warnings.join("\n"));
if (!ended) refuse("the stream ended without RUN_FINISHED or RUN_ERROR");
