// A made-up town, served by the debug binary for as long as a test file runs.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../target/debug/townline", import.meta.url));
const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 10_000;

/// Starts the town and waits until it answers: its address, who may sign in, and how to stop it.
export async function startTown() {
  const folder = await mkdtemp(join(tmpdir(), "townline-browser-"));
  const options = { cwd: folder, env: ownEnvironment(folder), stdio: ["ignore", "pipe", "pipe"] };
  const program = spawn(PROGRAM, ["demo", "--population", "600", "--listen", "127.0.0.1:0"], options);
  const said = { text: "" };
  const ended = new Promise((resolve) => program.once("close", resolve));
  const stop = async () => {
    await end(program, ended);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await listening(program, said);
    return { address, staff: signIns(said.text), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/// Nothing of the developer's own settings reaches the town, and its files stay in its folder.
function ownEnvironment(folder) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("TOWNLINE_"));
  return { ...Object.fromEntries(kept), TMPDIR: folder };
}

function listening(program, said) {
  return new Promise((resolve, reject) => {
    const refuse = (why) => reject(new Error(`the town did not start: ${why}\n${said.text}`));
    const timer = setTimeout(() => refuse(`nothing within ${STARTS_WITHIN_MS} ms`), STARTS_WITHIN_MS);
    const listen = (chunk) => {
      said.text += chunk;
      const found = said.text.match(/^listening on (http:\/\/\S+)$/m);
      if (found) {
        clearTimeout(timer);
        resolve(found[1]);
      }
    };
    program.stdout.setEncoding("utf8").on("data", listen);
    program.stderr.setEncoding("utf8").on("data", listen);
    program.once("error", (error) => refuse(error.message));
    program.once("close", (code) => {
      clearTimeout(timer);
      refuse(`it ended with ${code}`);
    });
  });
}

/// The block of sign-ins that the demonstration prints: one password, and a line "role  address" for each role.
function signIns(text) {
  const password = text.match(/^Sign in with the password "([^"]+)"/m)?.[1];
  const lines = [...text.matchAll(/^ {2}([a-z]+) +(\S+@\S+)$/gm)];
  if (!password || lines.length === 0) throw new Error(`no sign-ins were printed:\n${text}`);
  return Object.fromEntries(lines.map(([, role, email]) => [role, { email, password }]));
}

async function end(program, ended) {
  const isOver = () => program.exitCode !== null || program.signalCode !== null;
  if (program.pid === undefined || isOver()) return;
  program.kill("SIGTERM");
  const impatient = setTimeout(() => program.kill("SIGKILL"), STOPS_WITHIN_MS);
  await ended;
  clearTimeout(impatient);
}
