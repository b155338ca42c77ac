"""What goes out about the whole network: releases of figures, the public page of them, and the funder's report."""
