// Suggestions while typing: an ARIA combobox over a search box marked data-suggest="ADDRESS".
// The form works without it. Nothing is asked while an input method composes a syllable (it is asked as one ends, so
// that a Korean word has suggestions before its last syllable), and the Enter that ends a composition never submits.

const PAUSE = 120; // milliseconds after the last key

for (const input of document.querySelectorAll("input[data-suggest]")) enhance(input);

function enhance(input) {
  const form = input.form;
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let timer = 0;
  let request = null;
  let composing = false;
  let active = -1;
  let asked = "";
  let askedAt = -PAUSE;

  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    mark(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function cancel() {
    clearTimeout(timer);
    request?.abort();
    request = null;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  function atOnce() {
    if (performance.now() - askedAt < PAUSE) return later();
    clearTimeout(timer);
    ask();
  }

  async function ask() {
    const text = input.value.trim();
    if (text === asked && (request || !list.hidden)) return;
    request?.abort();
    request = null;
    asked = text;
    if (!text) return close();
    askedAt = performance.now();
    const mine = new AbortController();
    request = mine;
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const response = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
      if (!response.ok) return close();
      const answer = await response.json();
      if (request === mine && isStillMeant(text)) show(answer);
    } catch (error) {
      if (error.name !== "AbortError") close();
    } finally {
      if (request === mine) request = null;
    }
  }

  function isStillMeant(text) {
    const typed = input.value.trim();
    return typed === text || (composing && typed.startsWith(text));
  }

  function show(answer) {
    list.replaceChildren(...answer.suggestions.map(option));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = answer.suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = answer.status;
  }

  function option(suggestion, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.className = "suggestions__item";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = suggestion.address;
    const kind = part("suggestions__kind", suggestion.label);
    const text = part("suggestions__text", suggestion.text);
    if (suggestion.language) text.lang = suggestion.language;
    item.append(kind, text);
    if (suggestion.detail) item.append(part("suggestions__detail", suggestion.detail));
    return item;
  }

  function part(className, text) {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = `${text} `;
    return element;
  }

  function mark(index) {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    active = index;
    const item = all[active];
    if (!item) return input.removeAttribute("aria-activedescendant");
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  input.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    atOnce();
  });
  input.addEventListener("input", (event) => {
    mark(-1); // what Enter would open belongs to the text before
    if (!composing && !event.isComposing) later();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (count && input.value.trim() === asked) {
          list.hidden = false;
          input.setAttribute("aria-expanded", "true");
        } else {
          ask();
          return;
        }
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      mark(next >= count ? -1 : next < -1 ? count - 1 : next);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(options()[active].dataset.address);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      cancel();
      close();
    } else if (event.key === "Tab") {
      cancel();
      close();
    }
  });
  input.addEventListener("blur", () => {
    cancel();
    close();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.address);
  });
  form.addEventListener("submit", cancel);
}
