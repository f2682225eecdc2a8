import {
  keyringSchema,
  raiseMinimumSchema,
  rewrapResultSchema,
  rotateDataKeySchema,
  sealAgainResultSchema,
  verifyResultSchema,
} from "@/lib/secrets/contract";
import type { Operation } from "./operations";

/** The keyring of the installation, for its operators. */
export const KEY_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/platform/keys",
    tag: "platform",
    summary: "The keys that wrap tenants' data keys: who keeps them, and what they wrap",
    status: 200,
    answer: keyringSchema,
  },
  {
    method: "POST",
    path: "/api/platform/keys/rotate",
    tag: "platform",
    summary: "Make the next key; data keys are rewrapped in the background",
    status: 200,
    answer: keyringSchema,
  },
  {
    method: "POST",
    path: "/api/platform/keys/rewrap",
    tag: "platform",
    summary: "Wrap every data key anew that an older key wraps",
    status: 200,
    answer: rewrapResultSchema,
  },
  {
    method: "PUT",
    path: "/api/platform/keys/minimum",
    tag: "platform",
    summary: "Refuse keys older than this version; only when they wrap nothing any more",
    body: raiseMinimumSchema,
    status: 200,
    answer: keyringSchema,
  },
  {
    method: "POST",
    path: "/api/platform/keys/data-keys",
    tag: "platform",
    summary: "Give a tenant the next version of its data key; what older ones sealed is sealed again in the background",
    body: rotateDataKeySchema,
    status: 200,
    answer: keyringSchema,
  },
  {
    method: "POST",
    path: "/api/platform/keys/reseal",
    tag: "platform",
    summary: "Seal again what replaced data keys sealed, and destroy those that seal nothing any more",
    status: 200,
    answer: sealAgainResultSchema,
  },
  {
    method: "POST",
    path: "/api/platform/keys/verify",
    tag: "platform",
    summary: "Open every data key and every sealed secret, and tell which do not open",
    status: 200,
    answer: verifyResultSchema,
  },
];
