import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import type { HeardAlert } from "./heard-alert";
import { Intake } from "./intake";

const alert = (name: string): HeardAlert => ({
  labels: { alertname: name },
  annotations: {},
  generatorURL: "",
  startsAt: new Date(0),
  endsAt: new Date(1),
});

function slowStore() {
  const batches: [string, string[]][] = [];
  const store = async (tenant: string, alerts: readonly HeardAlert[]) => {
    await delay(5);
    batches.push([tenant, alerts.map(({ labels }) => labels.alertname ?? "")]);
  };
  return { batches, store };
}

it("commits together what came while it was busy, in order, and each tenant by itself", async () => {
  const { batches, store } = slowStore();
  const intake = new Intake({ store });
  await Promise.all([
    intake.accept("t", [alert("a")]),
    intake.accept("t", [alert("b")]),
    intake.accept("u", [alert("x")]),
    intake.accept("t", [alert("c")]),
  ]);
  expect(batches.filter(([tenant]) => tenant === "t")).toEqual([
    ["t", ["a"]],
    ["t", ["b", "c"]],
  ]);
  expect(batches.filter(([tenant]) => tenant === "u")).toEqual([["u", ["x"]]]);
});

it("keeps transactions small", async () => {
  const { batches, store } = slowStore();
  const intake = new Intake({ store, maxBatch: 2 });
  await Promise.all(["a", "b", "c", "d"].map((name) => intake.accept("t", [alert(name)])));
  expect(batches.map(([, names]) => names)).toEqual([["a"], ["b", "c"], ["d"]]);
});

it("asks senders to come again rather than let them wait", async () => {
  const { store } = slowStore();
  const intake = new Intake({ store, maxWaiting: 2 });
  const first = intake.accept("t", [alert("a")]);
  const second = intake.accept("t", [alert("b")]);
  expect(() => intake.accept("t", [alert("c")])).toThrow(/Send them again/);
  await intake.accept("u", [alert("other"), alert("tenant"), alert("large batch")]);
  await Promise.all([first, second]);
  await intake.accept("t", [alert("c")]);
});

it("tells the senders of a batch that it could not be stored, and goes on", async () => {
  let fails = true;
  const intake = new Intake({
    store: async () => {
      if (fails) throw new Error("no database");
    },
  });
  await expect(intake.accept("t", [alert("a")])).rejects.toThrow("no database");
  fails = false;
  await intake.accept("t", [alert("a")]);
});
