import { digestOf, readAt, reloadAt, replaceAt, verifyAt } from "@/lib/targets";
import type { World } from "./world";

export const OUTSIDE: World = { digestOf, read: readAt, replace: replaceAt, reload: reloadAt, verify: verifyAt };
