// Blocks marked data-share copy the address that they show, and hand it to the device's own share sheet where there is one.
const select = (element) => getSelection().selectAllChildren(element);

// The clipboard exists on https alone; the older command copies what is selected.
const copy = async (element) => {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    select(element);
    return document.execCommand("copy");
  }
};

for (const block of document.querySelectorAll("[data-share]")) {
  const address = block.querySelector("[data-share-address]");
  const copyButton = block.querySelector("[data-share-copy]");
  const sendButton = block.querySelector("[data-share-send]");
  const status = block.querySelector("[data-share-status]");

  copyButton.addEventListener("click", async () => {
    status.textContent = "";
    status.textContent = (await copy(address)) ? copyButton.dataset.done : copyButton.dataset.failed;
  });

  if (navigator.share) {
    sendButton.hidden = false;
    // Closing the sheet without a choice is an error to the browser and none to the reader.
    sendButton.addEventListener("click", () => {
      navigator.share({ title: block.dataset.title, url: address.textContent }).catch(() => {});
    });
  }
}
