//go:build tools

package tools

import _ "github.com/livekit/livekit-cli/v2/cmd/lk"
