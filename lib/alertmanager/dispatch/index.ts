export { type SimulatedAlert, type SimulatedEvent, type SimulatedNotification, simulate } from "./simulate";
