// zod tries `new Function` to see whether it may, and the CSP reports even what is caught. It reads this when it comes,
// which is after the first load; importing it here only to say so would bring it into that.
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });

export {};
