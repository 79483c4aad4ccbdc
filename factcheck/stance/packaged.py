"""Load a verifier: what ships, a folder, or a model's name on the Hugging Face hub."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from factcheck.errors import ModelError
from factcheck.stance.crossencoder import CrossEncoderVerifier
from factcheck.stance.verifier import Verifier
from index.inference import first_line

PACKAGED = Path(__file__).parent.parent / "models" / "verifier"
#: The verifiers that ship, and the SHA-256 of what each is made of.
FAST, CAREFUL = "fast", "careful"
PACKAGED_HASHES = {
    FAST: "2c800f397c1bb557496e128c50188f7c9534f529d66eeff2eb77baa234ee7108",
    CAREFUL: "84d35d0cfa54853073768f91ce1df30020657ff369fccc9474b4617e5461c063",
}
#: A name on the hub: an owner or none, and the model. Paths lead elsewhere.
HUB_NAME = re.compile(r"(?:[\w-][\w.-]*/)?[\w-][\w.-]*")
#: What a hub model's folder must bring.
HUB_FILES = ["config.json", "tokenizer.json", "*.safetensors", "*.safetensors.index.json"]


def load_verifier(name: str | None = None) -> Verifier:
    """The packaged verifier `"careful"` (the default) or `"fast"`, or a model by folder or name.

    `name` may be the folder of any three-way sequence-classification model in the Hugging Face
    layout, or its name on the hub, which is then fetched once into Hugging Face's own cache. Raises
    `ModelError` when it cannot be loaded.
    """
    if name is None or name in PACKAGED_HASHES:
        return _packaged(name or CAREFUL)
    folder = Path(name)
    return CrossEncoderVerifier(folder if folder.is_dir() else _fetched(name), name)


def _packaged(name: str) -> Verifier:
    verifier = CrossEncoderVerifier(PACKAGED / name, name)
    if verifier.weights_hash != PACKAGED_HASHES[name]:
        raise ModelError(
            f"the packaged verifier {name!r} has SHA-256 {verifier.weights_hash[:12]}…, expected "
            f"{PACKAGED_HASHES[name][:12]}…; reinstall factcheck-desk"
        )
    return verifier


def _fetched(name: str) -> Path:
    """The folder of the hub's model `name`: the one fetched before, or it is fetched now."""
    advice = (
        "give a folder with config.json, tokenizer.json and safetensors weights, a name on the "
        "Hugging Face hub, or leave the option out"
    )
    if not HUB_NAME.fullmatch(name):
        raise ModelError(f"the verifier {name!r} is not a folder; {advice}")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    fetch: Callable[..., str] = snapshot_download
    wanted = {"allow_patterns": HUB_FILES, "ignore_patterns": ["*/*"]}
    try:
        # A later revision must not change what a check finds: what is there stays in use.
        return Path(fetch(name, local_files_only=True, **wanted))
    except LocalEntryNotFoundError:
        pass
    try:
        return Path(fetch(name, **wanted))
    except Exception as error:  # the library's own, httpx's and the system's
        raise ModelError(
            f"the verifier {name!r} is not a folder, and cannot be fetched from the hub "
            f"({first_line(error)}); {advice}"
        ) from error
