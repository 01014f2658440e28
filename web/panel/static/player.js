// The recording: waveform, keys, speed, and the word that is being said.
"use strict";

const SKIP_S = 3;

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("player");
  if (!box) return;
  const audio = box.querySelector("audio");
  const play = box.querySelector(".play");
  const time = box.querySelector(".time");
  const length = Number(time.dataset.length);
  let wordEnd = null; // where to stop after a clicked word

  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const toggle = () => (audio.paused ? audio.play() : audio.pause());
  const skip = (seconds) => {
    wordEnd = null;
    audio.currentTime = Math.max(0, Math.min(audio.currentTime + seconds, audio.duration || length));
  };

  const follow = () => {
    time.textContent = `${shown(audio.currentTime)} / ${shown(audio.duration || length)}`;
    for (const word of document.querySelectorAll(".word")) {
      const said = audio.currentTime >= Number(word.dataset.start) && audio.currentTime < Number(word.dataset.end);
      word.classList.toggle("now", said && !(audio.paused && audio.currentTime === 0));
    }
    if (wordEnd !== null && audio.currentTime >= wordEnd) {
      wordEnd = null;
      audio.pause();
    }
    if (!audio.paused) requestAnimationFrame(follow);
  };

  audio.addEventListener("play", () => {
    play.textContent = "❚❚ Зупинити";
    follow();
  });
  audio.addEventListener("pause", () => (play.textContent = "▶ Слухати"));
  audio.addEventListener("timeupdate", follow);
  audio.addEventListener("error", () => (box.querySelector(".problem").hidden = false));
  play.addEventListener("click", () => {
    wordEnd = null;
    toggle();
  });

  for (const button of box.querySelectorAll("[data-skip]"))
    button.addEventListener("click", () => skip(Number(button.dataset.skip)));
  for (const button of box.querySelectorAll("[data-speed]"))
    button.addEventListener("click", () => {
      audio.playbackRate = Number(button.dataset.speed);
      for (const other of box.querySelectorAll("[data-speed]")) other.setAttribute("aria-pressed", other === button);
    });

  // A clicked word is heard, and a moment around it: recognisers cut words tightly.
  document.addEventListener("word-clicked", (event) => {
    audio.currentTime = Math.max(0, event.detail.start - 0.15);
    wordEnd = event.detail.end + 0.25;
    audio.play();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, button, a, summary");
    const choosing = event.target.closest(".words"); // there the arrows choose words
    if (event.code === "Space" && (event.ctrlKey || !typing)) {
      event.preventDefault();
      wordEnd = null;
      toggle();
    } else if (!typing && !choosing && (event.code === "ArrowLeft" || event.code === "ArrowRight")) {
      event.preventDefault();
      skip(event.code === "ArrowLeft" ? -SKIP_S : SKIP_S);
    }
  });

  draw(box, audio);
});

// The outline comes ready from the server: the sound itself is fetched only when somebody listens.
async function draw(box, audio) {
  const answer = await fetch(box.dataset.peaks);
  if (!answer.ok) return;
  const { seconds, peaks } = await answer.json();
  if (!peaks.length) return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const wave = WaveSurfer.create({
    container: box.querySelector(".wave"),
    media: audio,
    peaks: [peaks],
    duration: seconds,
    height: 64,
    barWidth: 2,
    barGap: 1,
    waveColor: colour("--pico-muted-color"),
    progressColor: colour("--line-color"),
    cspNonce: box.dataset.nonce,
  });
  // Until the sound is fetched the waveform only remembers a click.
  wave.on("interaction", (seconds) => {
    audio.currentTime = seconds;
    audio.play();
  });
}
