// A program of a tenant that asks for the same thing, so many times a minute, whatever is answered. A process of its own, below the
// others' priority: what is measured is the app, not who makes the noise. On SIGTERM it tells what it was answered.
import http from "node:http";
import { constants, setPriority } from "node:os";

const [url = "", token = "", aMinute = "0"] = process.argv.slice(2);
setPriority(process.pid, constants.priority.PRIORITY_BELOW_NORMAL);
const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
const headers = { authorization: `Bearer ${token}` };
const counts = { asked: 0, answered: 0, refused: 0 };
const began = performance.now();

const timer = setInterval(() => {
  const due = ((performance.now() - began) / 60_000) * Number(aMinute);
  while (counts.asked < due) ask();
}, 5);

function ask() {
  counts.asked++;
  const request = http.get(url, { agent, headers }, (response) => {
    response.resume();
    response.once("end", () => (response.statusCode === 200 ? counts.answered++ : counts.refused++));
  });
  request.on("error", () => counts.refused++);
}

process.once("SIGTERM", () => {
  clearInterval(timer);
  process.stdout.write(JSON.stringify(counts), () => process.exit(0));
});
