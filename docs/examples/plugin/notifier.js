// @ts-check
/**
 * Tells a web address of every department that changed. The panel does not wait for it, and a failure is a line in the
 * panel's log. Without an address it tells nobody.
 *
 * @param {string | undefined} url
 * @returns {import("xmailcfg").Notifier}
 */
export function webhook(url) {
  return {
    name: "departments-webhook",
    async notify({ operation, actor, target, at }, { signal }) {
      if (url === undefined || !operation.startsWith("department.")) return;
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ operation, actor, target, at }),
        signal,
      });
      if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
    },
  };
}
