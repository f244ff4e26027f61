// Draws the page again when the order has changed; asks only while somebody looks.
"use strict";
const { token, state } = document.body.dataset;
setInterval(async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(`/o/${token}/state`, { cache: "no-store" });
    if (answer.ok && (await answer.json()).state !== state) location.reload();
  } catch {
    // Offline: the code on the screen stays good.
  }
}, 5000);
