import { BehaviourDesk } from "./behaviour-desk";
import type { BehaviourRequest } from "./behaviour-protocol";

const desk = new BehaviourDesk();

self.addEventListener("message", (event: MessageEvent<BehaviourRequest>) => {
  self.postMessage(desk.answer(event.data));
});
