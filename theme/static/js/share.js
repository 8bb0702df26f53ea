// Passing a page on: the device's own way to share where it has one (Zalo is among its choices), and the words to the clipboard.
// Without this module, and in applications that have neither, the words stand there to be chosen and copied.

for (const share of document.querySelectorAll('[data-module="share"]')) {
  const words = share.querySelector("[data-share-words]").textContent;
  const [send, copy] = share.querySelectorAll("button");
  if (navigator.share) {
    send.hidden = false;
    send.addEventListener("click", () => navigator.share({ text: words }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const told = share.querySelector("[role=status]");
      try {
        await navigator.clipboard.writeText(words);
        told.textContent = "Đã chép. Mở Zalo, bấm giữ vào ô soạn tin rồi chọn Dán.";
      } catch {
        told.textContent = "Máy không cho chép. Hãy bấm giữ vào lời nhắn bên dưới để chọn và chép.";
      }
    });
  }
}
