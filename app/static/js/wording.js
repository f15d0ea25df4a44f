// The letter follows what is typed: after a pause the form's own "show" button is pressed. Without this the button is.
const PAUSE = 700;
const button = document.querySelector("[data-shows]");
let timer;
if (button) {
  button.form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => button.form.requestSubmit(button), PAUSE);
  });
  button.form.addEventListener("submit", () => clearTimeout(timer));
}
