export { type SimulatedAlert, type SimulatedEvent, simulate } from "./simulate";
