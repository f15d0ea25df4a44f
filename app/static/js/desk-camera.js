// Reads QR codes from the camera with the self-hosted zxing-wasm (static/vendor/zxing).
const REST = 12; // milliseconds between two looks at least, a third of a picture; else as long as the last one took
const LARGEST = 900; // pixels of the square that is looked at
const READING = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };
const REMEMBERED = "parvis-desk-camera";

export class Camera {
  constructor(place, found) {
    this.place = place;
    this.found = found;
    this.video = place.querySelector("video");
    this.words = place.querySelector("#desk-camera-words");
    this.start = place.querySelector("#desk-start");
    this.torch = place.querySelector("#desk-torch");
    this.choice = place.querySelector("#desk-cameras");
    this.canvas = document.createElement("canvas");
  }

  // Shows the camera's box where there can be one; starts alone when it was allowed before.
  async offer() {
    if (!navigator.mediaDevices?.getUserMedia || !window.WebAssembly) return;
    this.place.hidden = false;
    this.start.addEventListener("click", () => this.open());
    this.torch.addEventListener("click", () => this.toggleTorch());
    this.choice.querySelector("select").addEventListener("change", (event) => this.open(event.target.value));
    if (await this.isAllowed()) await this.open(localStorage.getItem(REMEMBERED) ?? undefined);
  }

  async isAllowed() {
    try {
      return (await navigator.permissions.query({ name: "camera" })).state === "granted";
    } catch {
      return false;
    }
  }

  async open(device) {
    this.close();
    this.start.hidden = true;
    try {
      const wanted = device ? { deviceId: { ideal: device } } : { facingMode: "environment" };
      const video = { ...wanted, width: { ideal: 1280 }, height: { ideal: 720 } };
      this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    } catch (error) {
      this.start.hidden = false;
      this.words.textContent = error.name === "NotFoundError" ? this.place.dataset.missing : this.place.dataset.denied;
      return;
    }
    this.words.textContent = "";
    this.video.srcObject = this.stream;
    await this.video.play();
    this.prepareReader();
    await this.describe();
    this.look();
  }

  close() {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  prepareReader() {
    const file = this.place.dataset.wasm;
    window.ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => file }, fireImmediately: true });
  }

  // Offers the light where there is one, and a choice where there are several cameras.
  async describe() {
    const [track] = this.stream.getVideoTracks();
    this.torch.hidden = !track.getCapabilities?.().torch;
    this.torch.setAttribute("aria-pressed", "false");
    const chosen = track.getSettings().deviceId;
    if (chosen) localStorage.setItem(REMEMBERED, chosen);
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === "videoinput");
    this.choice.hidden = cameras.length < 2;
    this.choice.querySelector("select").replaceChildren(
      ...cameras.map((d, n) => new Option(d.label || String(n + 1), d.deviceId, false, d.deviceId === chosen)),
    );
  }

  async toggleTorch() {
    const isOn = this.torch.getAttribute("aria-pressed") !== "true";
    await this.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: isOn }] });
    this.torch.setAttribute("aria-pressed", String(isOn));
  }

  async look() {
    const stream = this.stream;
    const begun = performance.now();
    try {
      const text = document.hidden ? "" : await this.read();
      if (text) this.found(text);
    } finally {
      if (stream === this.stream && stream.active) {
        this.timer = setTimeout(() => this.look(), Math.max(REST, performance.now() - begun));
      }
    }
  }

  // The middle square of the picture, never larger than needed.
  async read() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const side = Math.min(width, height);
    if (!side) return "";
    const size = Math.min(side, LARGEST);
    this.canvas.width = size;
    this.canvas.height = size;
    const drawing = this.canvas.getContext("2d", { willReadFrequently: true });
    drawing.drawImage(this.video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
    const [code] = await window.ZXingWASM.readBarcodes(drawing.getImageData(0, 0, size, size), READING);
    return code?.isValid ? code.text : "";
  }
}
