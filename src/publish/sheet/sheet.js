for (const text of document.querySelectorAll(".alt")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy alt text";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy alt text"; }, 1500);
  });
  text.nextElementSibling.append(" ", button);
}
