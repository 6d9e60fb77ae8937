# Asks its controller for work every second, and forgets to close the connection that the controller has closed.
use strict;
use warnings;
use IO::Socket::INET;

my @forgotten;
while (1) {
    my $connection = IO::Socket::INET->new(PeerAddr => '127.0.0.1:8006', Timeout => 5);
    push @forgotten, $connection if $connection;
    sleep 1;
}
