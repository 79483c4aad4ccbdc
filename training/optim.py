"""AdamW for a bfloat16 model: updates are kept in float32, where small steps do not vanish."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class MasterAdamW:
    """AdamW over a float32 copy of the parameters, copied back to the model after each step.

    bfloat16 has 8 bits of mantissa: a step 1/500 the size of its weight would round to nothing.
    """

    def __init__(self, model: nn.Module, weight_decay: float) -> None:
        named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        self.names = [name for name, _ in named]
        self.parameters = [parameter for _, parameter in named]
        self.master = [p.detach().to(torch.float32).clone() for p in self.parameters]
        # Biases and layer norms are not decayed (Devlin et al. 2019, appendix A.2).
        decays = [m for m, p in zip(self.master, self.parameters, strict=True) if p.ndim > 1]
        fixed = [m for m, p in zip(self.master, self.parameters, strict=True) if p.ndim <= 1]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": decays, "weight_decay": weight_decay},
                {"params": fixed, "weight_decay": 0.0},
            ],
            lr=0.0,
        )

    def step(self, rate: float, clip: float) -> float:
        """Apply the model's gradients at learning rate `rate`; returns the gradient norm."""
        for master, parameter in zip(self.master, self.parameters, strict=True):
            grad = parameter.grad
            master.grad = None if grad is None else grad.to(torch.float32)
            parameter.grad = None
        norm = nn.utils.clip_grad_norm_(self.master, clip)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self._copy_back()
        return float(norm)

    @torch.no_grad()
    def _copy_back(self) -> None:
        for master, parameter in zip(self.master, self.parameters, strict=True):
            parameter.copy_(master)

    def weights(self) -> dict[str, Tensor]:
        """The float32 parameters by name."""
        return dict(zip(self.names, self.master, strict=True))

    def state(self) -> dict[str, Tensor]:
        """Everything needed to go on, as plain tensors: no pickle is written or read."""
        tensors: dict[str, Tensor] = {}
        for name, master in zip(self.names, self.master, strict=True):
            tensors[f"master.{name}"] = master
            for key, value in self.optimizer.state[master].items():
                tensors[f"{key}.{name}"] = value
        return tensors

    @torch.no_grad()
    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Take up a state written by `state`."""
        for name, master in zip(self.names, self.master, strict=True):
            master.copy_(tensors[f"master.{name}"])
            self.optimizer.state[master] = {
                key: tensors[f"{key}.{name}"] for key in ("step", "exp_avg", "exp_avg_sq")
            }
        self._copy_back()


def learning_rate(step: int, total: int, warmup: float, peak: float, end: float) -> float:
    """Up to `peak` over the first `warmup` share of steps, then in a line to `end * peak`."""
    rise = max(1, round(total * warmup))
    if step < rise:
        return peak * (step + 1) / rise
    done = (step - rise) / max(1, total - rise)
    return peak * (1.0 + (end - 1.0) * done)
