// Share a page: by the device's own dialog if it has one (with Zalo), by the clipboard, and by a QR code to scan from the screen or from
// paper. Without this module, or if none of these works, readers select and copy the text.

const QUIET = 4; // modules around a QR code (ISO/IEC 18004)

// Return a picture of an address's QR code, dark on white in any colour scheme.
function draw({ generate }, address) {
  const code = generate(address, { minCorrectionLevel: 1 }), whole = code.size + 2 * QUIET;
  let path = "";
  for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  const picture = document.createElement("div");
  picture.className = "cds-share__code";
  picture.innerHTML = `<svg viewBox="${-QUIET} ${-QUIET} ${whole} ${whole}" role="img"><path d="${path}"/></svg>`;
  picture.firstChild.setAttribute("aria-label", `Mã QR dẫn tới ${address}`);
  return picture;
}

async function copyText(words, status, done) {
  try {
    await navigator.clipboard.writeText(words);
    status.textContent = done;
  } catch {
    status.textContent = "Hãy bấm giữ dòng chữ để chép.";
  }
}

// A text with a button that copies it, as a document's citation.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => copyText(button.previousElementSibling.textContent, button.nextElementSibling, "Đã chép."));
}

for (const share of document.querySelectorAll('[data-module="share"]')) {
  const words = share.querySelector("[data-share-words]").textContent;
  const [send, copy, show] = share.querySelectorAll("button");
  if (navigator.share) {
    send.hidden = false;
    send.addEventListener("click", () => navigator.share({ text: words }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", () =>
      copyText(words, share.querySelector("[role=status]"), "Đã chép. Mở Zalo, bấm giữ vào ô soạn tin rồi chọn Dán."));
  }
  if (show) {
    show.hidden = false;
    show.addEventListener("click", async () => {
      const status = share.querySelector("[role=status]");
      try {
        const picture = draw(await import(share.dataset.qr), share.dataset.address);
        show.parentElement.after(picture);
        show.hidden = true;
        status.textContent = "Mã QR ở ngay trên. Mở máy ảnh của điện thoại khác và hướng vào mã.";
      } catch {
        status.textContent = "Chưa tải được phần vẽ mã. Hãy kiểm tra mạng rồi bấm lần nữa.";
      }
    });
  }
}
