import type * as Pkcs11 from "pkcs11js";

export interface TokenSettings {
  /** The package that speaks to the token's library, and where it may lie. */
  package: string;
  roots: string[];
  library: string;
  token: string;
  pin: string;
}

export interface TokenCall {
  id: number;
  operation: "generate" | "encrypt" | "decrypt";
  label: string;
  data: Uint8Array;
  context: Uint8Array;
  iv: Uint8Array;
}

export type TokenAnswer = { id: number; data: Uint8Array } | { id: number; error: string };

/**
 * Runs in a thread of its own, for a token's calls block. Its text is handed to the thread, so it may use nothing from outside of
 * itself: no import, no function beside it.
 */
export function serveToken(): void {
  const { createRequire } = process.getBuiltinModule("node:module");
  const { parentPort: port, workerData } = process.getBuiltinModule("node:worker_threads");
  const settings: TokenSettings = workerData;
  if (!port) throw new Error("not in a thread");

  let loaded: { js: typeof Pkcs11; pkcs11: Pkcs11.PKCS11 } | undefined;
  let session: Pkcs11.Handle | undefined;
  const keys = new Map<string, Pkcs11.Handle>();

  const load = () => {
    if (loaded) return loaded;
    let failure: unknown;
    for (const root of settings.roots) {
      try {
        const js: typeof Pkcs11 = createRequire(root)(settings.package);
        const pkcs11 = new js.PKCS11();
        pkcs11.load(settings.library);
        try {
          pkcs11.C_Initialize();
        } catch (error) {
          // The library belongs to the process: a thread that was ended leaves it so.
          if (!String(error).includes("CKR_CRYPTOKI_ALREADY_INITIALIZED")) throw error;
        }
        loaded = { js, pkcs11 };
        return loaded;
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  };

  const open = (): Pkcs11.Handle => {
    if (session) return session;
    const { js, pkcs11 } = load();
    const slot = pkcs11
      .C_GetSlotList(true)
      .find((candidate) => pkcs11.C_GetTokenInfo(candidate).label.replace(/\0/g, "").trim() === settings.token);
    if (!slot) throw new Error("there is no such token");
    const opened = pkcs11.C_OpenSession(slot, js.CKF_SERIAL_SESSION | js.CKF_RW_SESSION);
    try {
      pkcs11.C_Login(opened, js.CKU_USER, settings.pin);
    } catch (error) {
      if (!String(error).includes("CKR_USER_ALREADY_LOGGED_IN")) {
        pkcs11.C_CloseSession(opened);
        throw error;
      }
    }
    session = opened;
    return opened;
  };

  const find = (label: string): Pkcs11.Handle => {
    const known = keys.get(label);
    if (known) return known;
    const { js, pkcs11 } = load();
    const on = open();
    pkcs11.C_FindObjectsInit(on, [
      { type: js.CKA_CLASS, value: js.CKO_SECRET_KEY },
      { type: js.CKA_LABEL, value: label },
    ]);
    const [found, second] = pkcs11.C_FindObjects(on, 2);
    pkcs11.C_FindObjectsFinal(on);
    if (!found || second) throw new Error(found ? "two keys have this name" : "there is no such key");
    keys.set(label, found);
    return found;
  };

  const generate = (label: string): void => {
    const { js, pkcs11 } = load();
    pkcs11.C_GenerateKey(open(), { mechanism: js.CKM_AES_KEY_GEN }, [
      { type: js.CKA_CLASS, value: js.CKO_SECRET_KEY },
      { type: js.CKA_KEY_TYPE, value: js.CKK_AES },
      { type: js.CKA_VALUE_LEN, value: 32 },
      { type: js.CKA_LABEL, value: label },
      { type: js.CKA_ID, value: Buffer.from(label) },
      { type: js.CKA_TOKEN, value: true },
      { type: js.CKA_PRIVATE, value: true },
      { type: js.CKA_SENSITIVE, value: true },
      { type: js.CKA_EXTRACTABLE, value: false },
      { type: js.CKA_ENCRYPT, value: true },
      { type: js.CKA_DECRYPT, value: true },
      { type: js.CKA_WRAP, value: false },
      { type: js.CKA_UNWRAP, value: false },
    ]);
  };

  const run = ({ operation, label, data, context, iv }: TokenCall): Uint8Array => {
    if (operation === "generate") {
      generate(label);
      return new Uint8Array();
    }
    const { js, pkcs11 } = load();
    const key = find(label);
    const on = open();
    const mechanism = {
      mechanism: js.CKM_AES_GCM,
      parameter: {
        ...{
          type: js.CK_PARAMS_AES_GCM_v240,
          iv: Buffer.from(iv),
          ivBits: 96,
          aad: Buffer.from(context),
          tagBits: 128,
        },
      },
    };
    const room = Buffer.alloc(data.length + 64);
    if (operation === "encrypt") {
      pkcs11.C_EncryptInit(on, mechanism, key);
      return pkcs11.C_Encrypt(on, Buffer.from(data), room);
    }
    pkcs11.C_DecryptInit(on, mechanism, key);
    return pkcs11.C_Decrypt(on, Buffer.from(data), room);
  };

  // Of a session that ended: the token was pulled, or its service started again.
  const STALE = /CKR_(SESSION|DEVICE|TOKEN|USER_NOT_LOGGED_IN|KEY_HANDLE|OBJECT_HANDLE|CRYPTOKI_NOT_INITIALIZED)/;
  const reset = () => {
    keys.clear();
    const stale = session;
    session = undefined;
    try {
      if (stale) loaded?.pkcs11.C_CloseSession(stale);
    } catch {
      // It is gone already.
    }
  };

  port.on("message", (call: TokenCall | "close") => {
    if (call === "close") {
      reset();
      try {
        loaded?.pkcs11.C_Finalize();
      } finally {
        port.close();
      }
      return;
    }
    try {
      let data: Uint8Array;
      try {
        data = run(call);
      } catch (error) {
        if (!STALE.test(String(error))) throw error;
        reset();
        data = run(call);
      }
      port.postMessage({ id: call.id, data: new Uint8Array(data) } satisfies TokenAnswer);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      port.postMessage({ id: call.id, error: text.split(settings.pin).join("…") } satisfies TokenAnswer);
    }
  });
}
