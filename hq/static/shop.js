// Makes the storefront's pages more pleasant; each of them works as plain links and forms without it.
"use strict";
(() => {
  const body = document.body, page = body.dataset.page;
  const all = (what) => [...document.querySelectorAll(what)];
  document.documentElement.classList.add("scripted");

  // The language link keeps what else the address says.
  for (const link of all("a[data-keep]")) {
    const query = new URLSearchParams(location.search);
    query.set("lang", link.hreflang);
    query.delete("done");
    link.href = `?${query}`;
  }

  // A form is sent once: a second tap waits for the first.
  for (const form of all("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      setTimeout(() => all("button").forEach((button) => { if (button.form === form) button.disabled = true; }));
    });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const clock of all("[data-until]")) {
    const tick = () => {
      const left = Math.max(0, clock.dataset.until - Math.floor(Date.now() / 1000));
      const two = (number) => String(number).padStart(2, "0");
      const hours = Math.floor(left / 3600);
      clock.textContent = `${hours ? `${hours}:` : ""}${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
      return left;
    };
    // Days ahead the date says more than the seconds do.
    if (clock.dataset.until - Date.now() / 1000 > 172800) continue;
    if (tick()) {
      const timer = setInterval(() => { if (!tick()) { clearInterval(timer); setTimeout(() => location.reload(), 1500); } }, 1000);
    }
  }

  if (page === "live") {
    const steppers = all(".stepper"), slug = body.dataset.slug;
    const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`;
    const draw = () => {
      let total = 0, saved = 0;
      const cart = [];
      for (const stepper of steppers) {
        const input = stepper.querySelector("input"), count = +input.value || 0;
        total += count * stepper.dataset.pays;
        saved += count * (stepper.dataset.price - stepper.dataset.pays);
        if (count) cart.push(`${input.name.slice(1)}x${count}`);
      }
      document.cookie = `ziti_cart=${cart.join(".")}; path=/live/${slug}; max-age=604800; samesite=lax`;
      const sum = document.getElementById("total"), less = document.getElementById("saved");
      if (!sum) return;
      sum.textContent = yuan(total);
      less.textContent = saved ? `${less.dataset.words} ${yuan(saved)}` : "";
      document.getElementById("go").disabled = !cart.length;
    };
    for (const stepper of steppers) {
      const input = stepper.querySelector("input");
      const add = (step) => { input.value = Math.min(+input.max, Math.max(0, (+input.value || 0) + step)); draw(); };
      stepper.querySelector(".less").addEventListener("click", () => add(-1));
      stepper.querySelector(".more").addEventListener("click", () => add(1));
      input.addEventListener("change", () => add(0));
    }
    if (steppers.length) draw();
    document.getElementById("cart").addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = event.target.action;
    });
  }

  if (page === "stores") {
    const box = document.getElementById("locate"), said = document.getElementById("located");
    box.hidden = !navigator.geolocation;
    document.getElementById("here").addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        // A hundred metres are near enough to sort by.
        document.cookie = `ziti_place=${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}; path=/live; max-age=3600; samesite=lax`;
        location.href = location.pathname;
      }, () => { said.textContent = box.dataset.refused; }, { timeout: 8000, maximumAge: 60000 });
    });
    for (const choice of all("[data-submit]")) choice.addEventListener("change", () => choice.form.submit());
  }

  if (page === "checkout") {
    const other = document.getElementById("other"), who = document.getElementById("collector");
    const show = () => who.classList.toggle("shown", other.checked);
    other.addEventListener("change", show);
    show();
    document.getElementById("wrong")?.scrollIntoView({ block: "center" });
  }

  for (const form of all("form[data-locate]")) {
    form.querySelector("button").addEventListener("click", (event) => {
      if (!navigator.geolocation || form.dataset.asked) return;
      event.preventDefault();
      form.dataset.asked = "yes";
      const send = () => form.requestSubmit();
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        form.elements.lat.value = coords.latitude;
        form.elements.lon.value = coords.longitude;
        send();
      }, send, { timeout: 5000, maximumAge: 30000 });
    });
  }

  const share = document.getElementById("share");
  share?.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      if (navigator.share) await navigator.share({ url: share.href });
      else { await navigator.clipboard.writeText(share.href); share.textContent = share.dataset.copied; }
    } catch { location.href = share.href; }
  });

  // Drawn again when the order or the payment has changed, but not while somebody fills in a form.
  const { events, poll, state } = body.dataset, began = Date.now();
  const changed = (now) => {
    if (now === state) return;
    const busy = document.querySelector("details[open], form[data-sent]");
    if (!busy) setTimeout(() => location.replace(location.pathname), Math.max(0, 1200 - (Date.now() - began)));
  };
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(poll, { cache: "no-store" });
      if (answer.ok) changed((await answer.json()).state);
    } catch {
      // Offline: the code on the screen stays good.
    }
  };
  if (events && window.EventSource) {
    const source = new EventSource(events);
    let timer = 0;
    source.onmessage = (message) => { clearInterval(timer); timer = 0; changed(message.data); };
    source.onerror = () => { if (!timer) timer = setInterval(ask, 10000); };
  } else if (poll) setInterval(ask, page === "pay" ? 2000 : 5000);

  if (body.dataset.jsapi) {
    const bridge = () => WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(body.dataset.jsapi), ask);
    if (window.WeixinJSBridge) bridge();
    else document.addEventListener("WeixinJSBridgeReady", bridge);
  }
})();
