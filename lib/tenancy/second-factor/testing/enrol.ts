import { generate } from "otplib";
import { z } from "zod";
import { SoftwareAuthenticator } from "@/lib/testing/authenticator";
import type { LiveSession } from "../../sessions";
import type { Enrolled } from "../contract";
import { addPasskey, beginPasskey, beginTotp, confirmTotp } from "../factors";

export const ORIGIN = "https://signalbox.example";
export const RP = { origin: ORIGIN, rpID: "signalbox.example" };

export const codeAt = (secret: string, seconds = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1000) + seconds });

export async function withTotp(session: { now(): Promise<LiveSession> }): Promise<Enrolled & { secret: string }> {
  const { id, secret } = await beginTotp(await session.now());
  const code = await codeAt(secret);
  return { ...(await confirmTotp(await session.now(), { id, name: "Phone", code }, "test")), secret };
}

export const optionsSchema = z.looseObject({ challenge: z.string() });
export const creationSchema = optionsSchema.extend({ user: z.looseObject({ id: z.string() }) });

export async function withPasskey(session: { now(): Promise<LiveSession> }) {
  const key = new SoftwareAuthenticator();
  const { challenge, user } = creationSchema.parse(await beginPasskey(await session.now()));
  const response = key.create({ ...RP, challenge, userHandle: user.id });
  const enrolled = await addPasskey(await session.now(), { name: "Key", response }, "test");
  return { key, ...enrolled };
}
